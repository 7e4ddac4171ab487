"""A column of ones is appended to x, and a layer is one matrix with its bias as the last row."""

import numpy as np


def _floats(a):
    a = np.asarray(a)
    return a if a.dtype.kind == "f" else a.astype(np.float64)


def _matrix(W, b, last=False):
    W, b = _floats(W), _floats(b)
    if W.ndim != 2 or b.shape != W.shape[1:]:
        raise ValueError("b must have one number per column of W")
    corner = np.zeros((len(W) + 1, 1), W.dtype)
    corner[-1] = 1
    matrix = np.concatenate((W, b[np.newaxis]))
    return matrix if last else np.hstack((matrix, corner))


def affine(x, W, b):
    x = _floats(x)
    ones = np.ones((*x.shape[:-1], 1), x.dtype)
    return np.dot(np.concatenate((x, ones), axis=-1), _matrix(W, b, last=True))


def collapse_linear(layers):
    if len(layers) < 1:
        raise ValueError("at least one layer is needed")
    product = _matrix(*layers[-1], last=True)
    for pair in reversed(layers[:-1]):
        product = np.dot(_matrix(*pair), product)
    return product[:-1].copy(), product[-1].copy()


def count_params(sizes):
    total = 0
    for k in range(1, len(sizes)):
        total += sizes[k] * (sizes[k - 1] + 1)
    return total
