"""Nothing: an honest fault, exp without a shift.

A correct grader: takes the points of the checks with large scores.
Expect: failed passed
Marks: some
"""

import numpy as np


def softmax(z, axis=-1):
    with np.errstate(all="ignore"):
        e = np.exp(z)
        return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z, axis=-1):
    with np.errstate(all="ignore"):
        return np.log(softmax(z, axis))


def logsumexp(z, axis=-1, keepdims=False):
    with np.errstate(all="ignore"):
        return np.log(np.exp(z).sum(axis=axis, keepdims=keepdims))
