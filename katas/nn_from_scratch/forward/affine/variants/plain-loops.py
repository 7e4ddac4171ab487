"""Loops compute each output; the collapsed bias is the output for an input of zeros."""

import numpy as np


def _float_dtype(*arrays):
    kinds = [a.dtype if a.dtype.kind == "f" else np.dtype(np.float64) for a in arrays]
    return np.result_type(*kinds)


def affine(x, W, b):
    x, W, b = np.asarray(x), np.asarray(W), np.asarray(b)
    if W.ndim != 2 or x.ndim not in (1, 2):
        raise ValueError("x needs one or two axes and W two")
    if x.shape[-1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("the sizes differ")
    rows = x if x.ndim == 2 else x[np.newaxis]
    out = np.empty((len(rows), W.shape[1]), _float_dtype(x, W, b))
    for n, row in enumerate(rows):
        for j in range(W.shape[1]):
            out[n, j] = float(np.sum(row * W[:, j])) + float(b[j])
    return out if x.ndim == 2 else out[0]


def collapse_linear(layers):
    if len(layers) == 0:
        raise ValueError("no layers")
    first = np.asarray(layers[0][0])
    kind = _float_dtype(first)
    b = np.zeros(first.shape[0], kind)
    W = np.identity(first.shape[0], kind)
    for weights, biases in layers:
        b = affine(b, weights, biases)
        W = affine(W, weights, np.zeros_like(biases))
    return W, b


def count_params(sizes):
    return int(np.dot(sizes[:-1], sizes[1:]) + sum(sizes[1:]))
