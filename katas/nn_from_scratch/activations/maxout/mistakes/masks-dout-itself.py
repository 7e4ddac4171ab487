"""Where a piece is not the largest, dout itself is set to 0.

That changes the caller's array. And after the first piece the gradients of all other pieces are
gone, so they get 0. Make a new array for each piece, for example with np.where.
"""


def maxout_backward(dout, x, W, argmax):
    values, weights, upstream = _floats(x), _floats(W), _floats(dout)
    _check(values, weights)
    winners = np.asarray(argmax)
    shape = (len(values), weights.shape[2])
    if upstream.shape != shape or winners.shape != shape:
        raise ValueError(f"dout and argmax must be {shape}")
    dx, dW = np.zeros_like(values), np.zeros_like(weights)
    db = np.zeros_like(weights, shape=weights.shape[::2])
    for k in range(len(weights)):
        upstream[winners != k] = 0
        dx += upstream @ weights[k].T
        dW[k] = values.T @ upstream
        db[k] = upstream.sum(axis=0)
    return dx, dW, db
