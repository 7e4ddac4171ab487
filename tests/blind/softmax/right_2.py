"""Softmax and its relatives, one line after the other in a loop."""

import numpy as np
from numpy.typing import ArrayLike


def _floats(z: ArrayLike):
    z = np.asarray(z)
    return z if np.issubdtype(z.dtype, np.floating) else z.astype(np.float64)


def _difference(line, peak):
    with np.errstate(over="ignore"):
        return line - peak


def softmax(z: ArrayLike, axis: int = -1):
    z = _floats(z)
    result = np.empty(z.shape, dtype=z.dtype)
    lines = np.moveaxis(z, axis, -1)
    targets = np.moveaxis(result, axis, -1)
    for index in np.ndindex(lines.shape[:-1]):
        line = lines[index]
        powers = np.exp(_difference(line, line.max()))
        targets[index] = powers / powers.sum()
    return result


def log_softmax(z: ArrayLike, axis: int = -1):
    z = _floats(z)
    result = np.empty(z.shape, dtype=z.dtype)
    lines = np.moveaxis(z, axis, -1)
    targets = np.moveaxis(result, axis, -1)
    for index in np.ndindex(lines.shape[:-1]):
        line = lines[index]
        below = _difference(line, line.max())
        targets[index] = below - np.log(np.exp(below).sum())
    return result


def logsumexp(z: ArrayLike, axis: int = -1, keepdims: bool = False):
    z = _floats(z)
    lines = np.moveaxis(z, axis, -1)
    result = np.empty(lines.shape[:-1], dtype=z.dtype)
    for index in np.ndindex(result.shape):
        line = lines[index]
        peak = line.max()
        result[index] = peak + np.log(np.exp(_difference(line, peak)).sum())
    return np.expand_dims(result, axis) if keepdims else result
