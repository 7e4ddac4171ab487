"""dW and db are means over the batch.

A mean, if there is one, belongs to the loss, and its 1/N is already in dout. With a second mean the
gradient of a batch of 32 is 32 times too small. Sum over the samples.
"""


def maxout_backward(dout, x, W, argmax):
    values, weights, upstream = _floats(x), _floats(W), _floats(dout)
    _check(values, weights)
    winners = np.asarray(argmax)
    shape = (len(values), weights.shape[2])
    if upstream.shape != shape or winners.shape != shape:
        raise ValueError(f"dout and argmax must be {shape}")
    numbers = np.arange(len(weights))[:, np.newaxis, np.newaxis]
    routed = np.where(winners == numbers, upstream, np.zeros_like(upstream))
    dx = np.einsum("knm,kdm->nd", routed, weights)
    dW = np.einsum("nd,knm->kdm", values, routed)
    count = max(len(values), 1)
    return dx, dW / count, routed.sum(axis=1) / count
