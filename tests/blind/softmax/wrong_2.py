"""Wrong: logsumexp squeezes every axis of length 1 away and not only the one summed over."""

import numpy as np


def _to_float(z):
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)


def _lowered(z, axis):
    m = np.max(z, axis=axis, keepdims=True)
    with np.errstate(over="ignore"):
        return z - m, m


def softmax(z, axis=-1):
    z, _ = _lowered(_to_float(z), axis)
    e = np.exp(z)
    return e / np.sum(e, axis=axis, keepdims=True)


def log_softmax(z, axis=-1):
    z, _ = _lowered(_to_float(z), axis)
    return z - np.log(np.sum(np.exp(z), axis=axis, keepdims=True))


def logsumexp(z, axis=-1, keepdims=False):
    z, m = _lowered(_to_float(z), axis)
    out = m + np.log(np.sum(np.exp(z), axis=axis, keepdims=True))
    if not keepdims:
        out = np.asarray(np.squeeze(out))
    return out
