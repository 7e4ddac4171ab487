"""hard_sigmoid_grad is 0.25 on the line, whatever the slope is.

With slope=0.2 the derivative on the line is 0.2. The number 0.25 is only the default of the argument.
"""


def hard_sigmoid_grad(x, slope=0.25):
    values = _floats(x)
    return (np.abs(slope * values) < 0.5).astype(values.dtype) * 0.25
