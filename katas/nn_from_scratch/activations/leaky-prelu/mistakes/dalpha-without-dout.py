"""dalpha does not contain the upstream gradient.

The sum of the negative parts of x is the local derivative. By the chain rule, each of them is
multiplied by dout of the same output before they are added up.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = upstream * np.where(values > 0, np.ones_like(values), slopes)
    return dx, np.minimum(values, 0.0).sum(axis=0 if slopes.ndim else None)
