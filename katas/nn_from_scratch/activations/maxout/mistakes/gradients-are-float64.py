"""The gradients are float64, even for arrays of float32.

np.zeros(shape) makes float64. The gradient of a float32 parameter should be float32: give np.zeros the
dtype, or use np.zeros_like.
"""


def maxout_backward(dout, x, W, argmax):
    values, weights, upstream = _floats(x), _floats(W), _floats(dout)
    _check(values, weights)
    winners = np.asarray(argmax)
    shape = (len(values), weights.shape[2])
    if upstream.shape != shape or winners.shape != shape:
        raise ValueError(f"dout and argmax must be {shape}")
    dx, dW, db = np.zeros(values.shape), np.zeros(weights.shape), np.zeros(weights.shape[::2])
    for k in range(len(weights)):
        routed = np.where(winners == k, upstream, np.zeros_like(upstream))
        dx += routed @ weights[k].T
        dW[k] = values.T @ routed
        db[k] = routed.sum(axis=0)
    return dx, dW, db
