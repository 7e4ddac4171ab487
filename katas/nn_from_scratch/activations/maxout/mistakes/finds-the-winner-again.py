"""maxout_backward computes the largest piece again, without the biases.

The biases also decide which piece is the largest, and they are not passed to the backward pass.
argmax is passed for this purpose: use it.
"""


def maxout_backward(dout, x, W, argmax):
    values, weights, upstream = _floats(x), _floats(W), _floats(dout)
    _check(values, weights)
    winners = np.asarray(argmax)
    shape = (len(values), weights.shape[2])
    if upstream.shape != shape or winners.shape != shape:
        raise ValueError(f"dout and argmax must be {shape}")
    winners = np.einsum("nd,kdm->knm", values, weights).argmax(axis=0)
    numbers = np.arange(len(weights))[:, np.newaxis, np.newaxis]
    routed = np.where(winners == numbers, upstream, np.zeros_like(upstream))
    dx = np.einsum("knm,kdm->nd", routed, weights)
    dW = np.einsum("nd,knm->kdm", values, routed)
    return dx, dW, routed.sum(axis=1)
