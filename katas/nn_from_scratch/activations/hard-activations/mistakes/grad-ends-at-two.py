"""hard_sigmoid_grad is cut off at -2 and 2 for every slope.

The line reaches 0 and 1 at ±1/(2 slope), which is 2 only for a slope of 0.25. With slope=0.2 the
line ends at 2.5, and at x = 2.25 the derivative is 0.2, not 0.
"""


def hard_sigmoid_grad(x, slope=0.25):
    values = _floats(x)
    return (np.abs(values) < 2.0).astype(values.dtype) * slope
