"""hard_sigmoid has a slope of 0.25, whatever the argument says.

With slope=0.2 and x = 1 the result is 0.75 instead of 0.7. The number 0.25 is only the default of
the argument.
"""


def hard_sigmoid(x, slope=0.25):
    return np.clip(0.25 * _floats(x) + 0.5, 0.0, 1.0)
