"""dalpha is computed from the positive numbers, with max(x, 0).

alpha takes part only where x is negative. For x = (-1, 2) and dout = (1, 1) the gradient is -1, not 2.
Use the negative part of x.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = upstream * np.where(values > 0, np.ones_like(values), slopes)
    return dx, (upstream * np.maximum(values, 0.0)).sum(axis=0 if slopes.ndim else None)
