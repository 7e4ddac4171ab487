"""dW[argmax] += … keeps only one sample per piece.

When an index occurs several times, numpy reads the old numbers once and stores the last result: of three
samples with the same largest piece, two are lost. Sum over the samples explicitly, or use np.add.at.
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
    for m in range(shape[1]):
        k = winners[:, m]
        dx += upstream[:, m : m + 1] * weights[k, :, m]
        dW[k, :, m] += upstream[:, m : m + 1] * values
        db[k, m] += upstream[:, m]
    return dx, dW, db
