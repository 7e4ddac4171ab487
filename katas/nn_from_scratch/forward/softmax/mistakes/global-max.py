"""softmax subtracts one maximum from the whole batch instead of one from each row.

While all rows have scores of about the same size, nothing is wrong. A row that is 746 below the
largest score of the batch becomes 0/0 = nan, and at a gap of 744 it is wrong without a warning:
(0.333, 0.667) instead of (0.269, 0.731). Each row needs its own maximum.
"""

import numpy as np


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max())
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
