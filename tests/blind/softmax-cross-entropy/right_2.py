"""Right: indices instead of one-hot rows, and tanh for the sigmoid."""

import numpy as np

from ..forward.softmax import logsumexp, softmax
from .cross_entropy import one_hot


def _check(z, y):
    z = np.asarray(z)
    if z.dtype.kind != "f":
        z = z.astype(np.float64)
    if z.ndim != 2 or z.shape[0] == 0:
        raise ValueError("z must be a batch of logits")
    y = np.asarray(y)
    if y.ndim == 1:
        if y.shape[0] != z.shape[0]:
            raise ValueError("one label per row")
        y = one_hot(y, z.shape[1])
    if y.shape != z.shape:
        raise ValueError("y has the wrong shape")
    return z, y.astype(z.dtype)


def softmax_cross_entropy(z, y):
    z, y = _check(z, y)
    log_probs = z - logsumexp(z, axis=1, keepdims=True)
    return np.mean([-t @ row for t, row in zip(y, log_probs)])


def softmax_cross_entropy_grad(z, y):
    z, y = _check(z, y)
    grad = softmax(z, axis=1)
    grad -= y
    grad /= z.shape[0]
    return grad


def _check_binary(z, y):
    z = np.asarray(z)
    if z.dtype.kind != "f":
        z = z.astype(np.float64)
    y = np.asarray(y)
    if z.ndim != 1 or y.shape != z.shape or z.size == 0:
        raise ValueError("z and y must both be (N,)")
    if np.any(y < 0) or np.any(y > 1):
        raise ValueError("labels must be in [0, 1]")
    return z, y.astype(z.dtype)


def bce_with_logits(z, y):
    z, y = _check_binary(z, y)
    return float(np.mean(np.where(z > 0, z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))))


def bce_with_logits_grad(z, y):
    z, y = _check_binary(z, y)
    sig = (1 + np.tanh(z / 2)) / 2
    return (sig - y) / z.dtype.type(len(z))
