"""Wrong: nan_to_num makes -inf a finite number, so its log_softmax is -1.8e308 and not -inf."""

import numpy as np


def _clean(z):
    z = np.asarray(z)
    if not np.issubdtype(z.dtype, np.floating):
        z = z.astype(np.float64)
    return np.nan_to_num(z)  # so that -inf cannot turn into nan


def logsumexp(z, axis=-1, keepdims=False):
    z = _clean(z)
    top = z.max(axis=axis, keepdims=True)
    with np.errstate(over="ignore"):
        total = np.exp(z - top).sum(axis=axis, keepdims=True)
    result = np.log(total) + top
    return result if keepdims else np.asarray(result.squeeze(axis))


def log_softmax(z, axis=-1):
    z = _clean(z)
    top = z.max(axis=axis, keepdims=True)
    info = np.finfo(z.dtype)
    with np.errstate(over="ignore"):
        below = np.maximum(z - top, info.min)
    return below - np.log(np.exp(below).sum(axis=axis, keepdims=True))


def softmax(z, axis=-1):
    return np.exp(log_softmax(z, axis))
