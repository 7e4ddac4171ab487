"""dalpha is a row of D numbers, even when alpha is one number.

One slope that all neurons share collects the gradients of all neurons: dalpha is then one number, the
sum over samples and neurons. It always has the shape of alpha.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = upstream * np.where(values > 0, np.ones_like(values), slopes)
    return dx, (upstream * np.minimum(values, 0.0)).sum(axis=0)
