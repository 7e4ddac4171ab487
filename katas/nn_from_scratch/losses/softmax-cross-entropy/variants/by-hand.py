"""Each function has its own formula; the binary loss takes out max(z, 0)."""

import numpy as np

from ..forward.softmax import log_softmax, softmax
from .cross_entropy import one_hot


def softmax_cross_entropy(z, y):
    z, Y = _logits_and_targets(z, y)
    return float(-(Y * _log_p(z)).sum(axis=1).mean())


def softmax_cross_entropy_grad(z, y):
    z, Y = _logits_and_targets(z, y)
    return (_p(z) - Y) / z.dtype.type(len(z))


def bce_with_logits(z, y):
    z, y = _binary(z, y)
    return float((np.maximum(z, 0) - y * z + np.log1p(np.exp(-abs(z)))).mean())


def bce_with_logits_grad(z, y):
    z, y = _binary(z, y)
    return (_sigmoid(z) - y) / z.dtype.type(len(z))


def _log_p(z):
    return log_softmax(z)


def _p(z):
    return softmax(z)


def _sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def _floats(z):
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)


def _logits_and_targets(z, y):
    z, Y = _floats(z), np.asarray(y)
    if z.ndim != 2 or len(z) == 0:
        raise ValueError("z must be (N, C)")
    if Y.ndim == 1:
        Y = one_hot(Y, z.shape[1])
    if Y.shape != z.shape:
        raise ValueError("y does not match z")
    return z, Y.astype(z.dtype)


def _binary(z, y):
    z = _floats(z)
    y = np.asarray(y, dtype=z.dtype)
    if z.ndim != 1 or z.shape != y.shape or z.size == 0 or (y < 0).any() or (y > 1).any():
        raise ValueError("z and y must be (N,), and y from 0 to 1")
    return z, y
