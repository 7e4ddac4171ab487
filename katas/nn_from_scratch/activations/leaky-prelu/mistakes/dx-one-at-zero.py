"""Where x is 0, dx is dout and not alpha times dout.

Both are possible choices at the corner. This course counts 0 as part of the left side, so the local
derivative there is alpha: only x > 0 has a derivative of 1.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = upstream * np.where(values >= 0, np.ones_like(values), slopes)
    return dx, (upstream * np.minimum(values, 0.0)).sum(axis=0 if slopes.ndim else None)
