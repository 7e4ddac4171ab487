"""dx is the local derivative alone, 1 or alpha.

By the chain rule it is multiplied by the upstream gradient: where dout is 3 and x is positive, dx is 3,
not 1.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = np.where(values > 0, np.ones_like(values), slopes)
    return dx, (upstream * np.minimum(values, 0.0)).sum(axis=0 if slopes.ndim else None)
