"""The minimum and the maximum are swapped, so that hard_sigmoid is 0 everywhere.

The maximum of the line and 1 is at least 1, and the minimum of that and 0 is always 0. To limit a
number to the range from 0 to 1, take the maximum with the lower limit and the minimum with the upper.
"""


def hard_sigmoid(x, slope=0.25):
    return np.minimum(np.maximum(slope * _floats(x) + 0.5, 1.0), 0.0)
