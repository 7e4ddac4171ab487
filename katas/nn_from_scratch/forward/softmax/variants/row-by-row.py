"""A loop computes each row alone, with Python's math module and without keepdims."""

import math

import numpy as np


def softmax(z, axis=-1):
    return _by_line(z, axis, lambda line: np.exp(line - _lse(line)))


def log_softmax(z, axis=-1):
    return _by_line(z, axis, lambda line: line - _lse(line))


def logsumexp(z, axis=-1, keepdims=False):
    z = _floats(z)
    moved = np.moveaxis(z, axis, -1)
    out = np.empty(moved.shape[:-1], z.dtype)
    for index in np.ndindex(out.shape):
        out[index] = _lse(moved[index])
    return np.expand_dims(out, axis) if keepdims else out


def _lse(line):
    top = float(max(line))
    return line.dtype.type(top + math.log(sum(math.exp(float(x) - top) for x in line)))


def _by_line(z, axis, function):
    z = _floats(z)
    moved = np.moveaxis(z, axis, -1)
    out = np.empty_like(moved)
    for index in np.ndindex(moved.shape[:-1]):
        out[index] = function(moved[index])
    return np.moveaxis(out, -1, axis)


def _floats(z):
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)
