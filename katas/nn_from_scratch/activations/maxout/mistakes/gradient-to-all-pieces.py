"""Every piece gets the gradient, and not only the largest one.

A piece that is not the largest can change a little, and the output stays the same: its gradient is 0. In
the example of the lesson dW would be -6 for both pieces instead of 0 and -6.
"""


def maxout_backward(dout, x, W, argmax):
    values, weights, upstream = _floats(x), _floats(W), _floats(dout)
    _check(values, weights)
    winners = np.asarray(argmax)
    shape = (len(values), weights.shape[2])
    if upstream.shape != shape or winners.shape != shape:
        raise ValueError(f"dout and argmax must be {shape}")
    routed = np.broadcast_to(upstream, (len(weights), *shape))
    dx = np.einsum("knm,kdm->nd", routed, weights)
    dW = np.einsum("nd,knm->kdm", values, routed)
    return dx, dW, routed.sum(axis=1)
