"""Right on the first call of each check and wrong afterwards.

A correct grader: calls more than once where it matters; the rest was right.
Expect: failed passed
Marks: some
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


calls = 0


def once(right):
    def function(*arguments, **named):
        global calls
        calls += 1
        return right(*arguments, **named) if calls == 1 else None

    return function


softmax, log_softmax, logsumexp = once(softmax), once(log_softmax), once(logsumexp)
