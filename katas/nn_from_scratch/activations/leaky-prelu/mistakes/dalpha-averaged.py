"""dalpha is the mean over the batch, and not the sum.

An average belongs to the loss: if the loss is a mean, its 1/N is already in dout. With a second mean
the gradient of a batch of 32 is 32 times too small. Sum over the samples.
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = upstream * np.where(values > 0, np.ones_like(values), slopes)
    total = (upstream * np.minimum(values, 0.0)).sum(axis=0 if slopes.ndim else None)
    return dx, total / max(len(values), 1)
