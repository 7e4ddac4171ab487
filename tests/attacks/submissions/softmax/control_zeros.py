"""Nothing: an honest wrong solution that returns zeros.

A correct grader: gives it the points of the checks that zeros do pass: the same for shifted scores, the dtype, the argument left alone.
Expect: failed passed
Marks: some
"""

import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z)
    return np.zeros(z.shape, z.dtype if z.dtype.kind == "f" else float)


log_softmax = softmax


def logsumexp(z, axis=-1, keepdims=False):
    return softmax(z).sum(axis=axis, keepdims=keepdims)
