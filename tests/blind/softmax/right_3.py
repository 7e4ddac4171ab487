"""Softmax and its relatives by way of the logarithm: np.logaddexp does the adding."""

import numpy as np
from numpy.typing import ArrayLike


def _as_floats(z: ArrayLike):
    array = np.asarray(z)
    dtype = array.dtype if np.issubdtype(array.dtype, np.inexact) else np.float64
    return np.array(array, dtype=dtype)


def _relative(z, axis: int):
    """Return each logit's distance below its line's largest, and log Σ exp of the distances."""
    with np.errstate(over="ignore"):
        below = np.subtract(z, np.max(z, axis=axis, keepdims=True))
    return below, np.logaddexp.reduce(below, axis=axis, keepdims=True)


def softmax(z: ArrayLike, axis: int = -1):
    return np.exp(log_softmax(z, axis))


def log_softmax(z: ArrayLike, axis: int = -1):
    below, total = _relative(_as_floats(z), axis)
    return np.subtract(below, total)


def logsumexp(z: ArrayLike, axis: int = -1, keepdims: bool = False):
    logits = _as_floats(z)
    _, total = _relative(logits, axis)
    total = total + np.max(logits, axis=axis, keepdims=True)
    if keepdims:
        return total
    return np.array(np.take(total, 0, axis=axis))
