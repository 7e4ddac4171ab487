"""Python loops over samples, with math.log1p and math.exp."""

import math

import numpy as np

from ..forward.softmax import log_softmax, logsumexp
from .cross_entropy import one_hot


def _rows(z, y):
    z, y = np.asarray(z), np.asarray(y)
    if z.ndim != 2 or not len(z) or len(y) != len(z):
        raise ValueError("z needs rows, and y as many")
    Y = one_hot(y, z.shape[1]) if y.ndim == 1 else y
    if Y.shape != z.shape:
        raise ValueError("Y and z differ")
    return z, Y


def softmax_cross_entropy(z, y):
    z, Y = _rows(z, y)
    total = 0.0
    for row, true in zip(z, Y, strict=True):
        total += float(logsumexp(row)) - float(sum(t * s for t, s in zip(true, row, strict=True)))
    return total / len(z)


def softmax_cross_entropy_grad(z, y):
    z, Y = _rows(z, y)
    out = np.empty(z.shape, z.dtype if z.dtype.kind == "f" else float)
    for n in range(len(z)):
        out[n] = (np.exp(log_softmax(z[n])) - Y[n]) / len(z)
    return out


def _one(z):
    small = math.exp(-abs(z))
    return max(z, 0.0) + math.log1p(small), (1.0 if z >= 0 else small) / (1.0 + small)


def _pairs(z, y):
    if np.ndim(z) != 1 or np.shape(z) != np.shape(y) or len(z) == 0:
        raise ValueError("two arrays (N,) are needed")
    for t in y:
        if not 0 <= t <= 1:
            raise ValueError(f"{t} is not a probability")
    return [(float(s), float(t)) for s, t in zip(z, y, strict=True)]


def bce_with_logits(z, y):
    pairs = _pairs(z, y)
    return sum(_one(s)[0] - t * s for s, t in pairs) / len(pairs)


def bce_with_logits_grad(z, y):
    pairs = _pairs(z, y)
    kind = np.asarray(z).dtype
    values = [(_one(s)[1] - t) / len(pairs) for s, t in pairs]
    return np.array(values, dtype=kind if kind.kind == "f" else float)
