"""softmax changes the array of the caller.

An in-place operation such as -= writes into the array that was passed in: the scores (1, 2, 3) of
the caller are (-2, -1, 0) afterwards. Compute a new array instead.
"""

import numpy as np


def softmax(z, axis=-1):
    z = _floats(z)
    z -= z.max(axis=axis, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z, axis=-1):
    z = _floats(z)
    return z - logsumexp(z, axis, keepdims=True)


def logsumexp(z, axis=-1, keepdims=False):
    z = _floats(z)
    top = z.max(axis=axis, keepdims=True)
    total = top + np.log(np.exp(z - top).sum(axis=axis, keepdims=True))
    return total if keepdims else total.squeeze(axis=axis)


def _floats(z):
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)
