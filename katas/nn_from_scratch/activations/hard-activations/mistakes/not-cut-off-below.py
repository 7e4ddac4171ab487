"""hard_sigmoid is cut off above, but not below.

At x = -4 the line is at -0.5, which is outside the range of sigmoid. Limit the line on both sides.
"""


def hard_sigmoid(x, slope=0.25):
    return np.minimum(slope * _floats(x) + 0.5, 1.0)
