"""dx is computed with the weights of the first piece for every sample and unit.

The output depends on x through the weights of the piece that is the largest there, W[argmax[n, m], :, m].
In the example of the lesson dx would be 2 instead of -2.
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
    dx = upstream @ weights[0].T
    dW = np.einsum("nd,knm->kdm", values, routed)
    return dx, dW, routed.sum(axis=1)
