"""dalpha has one number per sample, because it is not summed over the batch.

The slope of a neuron is used for every sample, and the gradients of all of them add up. dalpha has the
shape of alpha, (D,), and not (N, D).
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = upstream * np.where(values > 0, np.ones_like(values), slopes)
    return dx, upstream * np.minimum(values, 0.0)
