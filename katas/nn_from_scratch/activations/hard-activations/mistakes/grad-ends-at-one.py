"""hard_sigmoid_grad is cut off at -1 and 1.

These are the corners of hard_tanh. The line of hard_sigmoid reaches 0 and 1 at -2 and 2: at x = 1.5
the derivative is 0.25, not 0.
"""


def hard_sigmoid_grad(x, slope=0.25):
    values = _floats(x)
    return (np.abs(values) < 1.0).astype(values.dtype) * slope
