"""Nothing: an honest, correct solution.

A correct grader: gives it every point.
Expect: passed
Marks: all
"""

import numpy as np


def _floats(z):
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(np.float64)


def log_softmax(z, axis=-1):
    z = _floats(z)
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def logsumexp(z, axis=-1, keepdims=False):
    z = _floats(z)
    m = z.max(axis=axis, keepdims=True)
    s = m + np.log(np.exp(z - m).sum(axis=axis, keepdims=True))
    return s if keepdims else s.squeeze(axis=axis)
