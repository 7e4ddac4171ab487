"""Labels are an index, delta is changed in place in its own array, and nothing is imported."""

import numpy as np


def _shifted(z):
    z = np.asarray(z)
    z = np.array(z, dtype=z.dtype if z.dtype.kind == "f" else np.float64)
    if z.ndim != 2 or z.shape[0] < 1:
        raise ValueError("z needs the shape (N, C)")
    z -= z.max(axis=1, keepdims=True)
    return z


def _labels(y, n, c):
    y = np.asarray(y)
    if y.ndim == 1:
        if y.shape != (n,) or y.dtype.kind not in "iu" or y.min() < 0 or y.max() >= c:
            raise ValueError("y needs N integers from 0 to C - 1")
    elif y.shape != (n, c):
        raise ValueError("Y needs the shape of z")
    return y


def softmax_cross_entropy(z, y):
    z = _shifted(z)
    y = _labels(y, *z.shape)
    sums = np.log(np.exp(z).sum(axis=1))
    if y.ndim == 1:
        return float(np.mean(sums - z[np.arange(len(y)), y]))
    return float(np.mean(sums - np.sum(y * z, axis=1)))


def softmax_cross_entropy_grad(z, y):
    delta = np.exp(_shifted(z))
    y = _labels(y, *delta.shape)
    delta /= delta.sum(axis=1, keepdims=True)
    if y.ndim == 1:
        delta[np.arange(len(y)), y] -= 1
    else:
        delta -= y.astype(delta.dtype)
    delta /= len(y)
    return delta


def _checked(z, y):
    z, y = np.asarray(z), np.asarray(y)
    if z.shape != y.shape or z.ndim != 1 or not z.size:
        raise ValueError("z and y need the shape (N,)")
    if min(y) < 0 or max(y) > 1:
        raise ValueError("y is a probability")
    kind = z.dtype if z.dtype.kind == "f" else np.dtype(float)
    return z.astype(kind), y.astype(kind)


def bce_with_logits(z, y):
    z, y = _checked(z, y)
    return float(np.mean(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)))


def bce_with_logits_grad(z, y):
    z, y = _checked(z, y)
    p = np.exp(-np.logaddexp(0, -z))
    return (p - y) / z.dtype.type(y.size)
