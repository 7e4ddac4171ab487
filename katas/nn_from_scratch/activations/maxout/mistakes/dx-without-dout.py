"""dx does not contain the upstream gradient.

The weights of the largest piece are the local derivative. By the chain rule they are multiplied by dout
before the units are added up.
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
    chosen = np.where(winners == numbers, np.ones_like(upstream), np.zeros_like(upstream))
    dx = np.einsum("knm,kdm->nd", chosen, weights)
    dW = np.einsum("nd,knm->kdm", values, routed)
    return dx, dW, routed.sum(axis=1)
