"""Right until a mark in a builtin module says that a check has been run before: the module is loaded afresh, the process is not.

A correct grader: marks each check by what came back in it.
Expect: failed passed
Marks: some
"""

import builtins

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


if getattr(builtins, "seen", False):
    softmax = log_softmax = logsumexp = lambda *arguments, **named: None
builtins.seen = True
