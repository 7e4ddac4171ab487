"""Nothing: an honest wrong solution that returns zeros.

A correct grader: gives it no point: no check is passed by any answer at all.
Expect: failed
"""

import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z)
    return np.zeros(z.shape, z.dtype if z.dtype.kind == "f" else float)


log_softmax = softmax


def logsumexp(z, axis=-1, keepdims=False):
    return softmax(z).sum(axis=axis, keepdims=keepdims)
