"""prelu_backward multiplies the caller's dout in place.

`dx = dout` is a second name for the same array, so dx[...] *= alpha changes what the caller passed in:
an upstream gradient of 3 has become 0.3 afterwards. Multiply into a new array.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    dx = _floats(dout)
    if dx.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {dx.shape}")
    dalpha = (dx * np.minimum(values, 0.0)).sum(axis=0 if slopes.ndim else None)
    dx *= np.where(values > 0, np.ones_like(values), slopes)
    return dx, dalpha
