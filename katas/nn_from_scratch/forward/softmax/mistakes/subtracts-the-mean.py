"""softmax subtracts the mean of each row instead of its maximum.

The mean can be far below the largest score: for (0, 3000) it is 1500, and exp(1500) is inf, so the
result is nan. exp cannot overflow when no score of the row is above 0 after the shift.
"""

import numpy as np


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.mean(axis=axis, keepdims=True))
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
