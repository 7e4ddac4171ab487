"""maxout_backward accepts every dout and argmax that numpy can broadcast.

A dout of shape (M,) or (N, 1) is used for a whole batch, without an error. That hides a mistake
elsewhere. Compare the shapes with (N, M), and raise ValueError.
"""


def maxout_backward(dout, x, W, argmax):
    values, weights, upstream = _floats(x), _floats(W), _floats(dout)
    _check(values, weights)
    shape = (len(values), weights.shape[2])
    winners = np.broadcast_to(argmax, shape)
    numbers = np.arange(len(weights))[:, np.newaxis, np.newaxis]
    routed = np.where(winners == numbers, upstream, np.zeros_like(upstream))
    dx = np.einsum("knm,kdm->nd", routed, weights)
    dW = np.einsum("nd,knm->kdm", values, routed)
    return dx, dW, routed.sum(axis=1)
