"""dalpha sums dout times x over all samples, even where x is positive.

Where x is positive, the output does not depend on alpha, and the local derivative is 0. For
x = (-1, 2) and dout = (1, 1) the gradient is -1, not 1. Use the negative part of x.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = upstream * np.where(values > 0, np.ones_like(values), slopes)
    return dx, (upstream * values).sum(axis=0 if slopes.ndim else None)
