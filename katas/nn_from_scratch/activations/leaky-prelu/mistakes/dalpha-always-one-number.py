"""dalpha is one number, even when every neuron has a slope of its own.

A sum over all samples and neurons mixes the gradients of different slopes. With alpha of shape
(D,), sum over the samples only, so that dalpha is (D,).
"""


def prelu_backward(dout, x, alpha):
    values, slopes = _batch(x, alpha)
    upstream = _floats(dout)
    if upstream.shape != values.shape:
        raise ValueError(f"dout must be {values.shape} like x, got {upstream.shape}")
    dx = upstream * np.where(values > 0, np.ones_like(values), slopes)
    return dx, (upstream * np.minimum(values, 0.0)).sum()
