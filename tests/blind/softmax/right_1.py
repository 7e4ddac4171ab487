"""Softmax and its relatives, vectorised: every line is shifted by its own maximum."""

import numpy as np
from numpy.typing import ArrayLike


def _shifted(z: ArrayLike, axis: int):
    logits = np.asarray(z)
    if logits.dtype.kind != "f":
        logits = logits.astype(np.float64)
    top = logits.max(axis=axis, keepdims=True)
    with np.errstate(over="ignore"):  # 1e308 and -1e308 are further apart than a float can tell
        return logits - top, top


def softmax(z: ArrayLike, axis: int = -1):
    shifted, _ = _shifted(z, axis)
    e = np.exp(shifted)
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z: ArrayLike, axis: int = -1):
    shifted, _ = _shifted(z, axis)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def logsumexp(z: ArrayLike, axis: int = -1, keepdims: bool = False):
    shifted, top = _shifted(z, axis)
    result = top + np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return result if keepdims else np.asarray(result.squeeze(axis=axis))
