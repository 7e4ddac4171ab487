"""Right: recursion on the list of layers."""

import numpy as np


def affine(x, W, b):
    x, W, b = np.asarray(x), np.asarray(W), np.asarray(b)
    if x.dtype.kind in "iub":
        x = x.astype(np.float64)
    if W.dtype.kind in "iub":
        W = W.astype(np.float64)
    if W.ndim != 2:
        raise ValueError("W must be a matrix")
    if b.shape != (W.shape[1],):
        raise ValueError("b must have one entry per output")
    z = x.dot(W)
    z += b
    return z


def collapse_linear(layers):
    if len(layers) == 0:
        raise ValueError("empty list of layers")
    W, b = layers[-1]
    if len(layers) == 1:
        W = np.asarray(W)
        kind = W.dtype if W.dtype.kind == "f" else np.float64
        return np.array(W, kind), affine(np.zeros(len(W), kind), W, b)
    W1, b1 = collapse_linear(layers[:-1])
    return affine(W1, W, np.zeros(W.shape[1], W1.dtype)), affine(b1, W, b)


def count_params(sizes):
    if len(sizes) < 2:
        return 0
    return (sizes[0] + 1) * sizes[1] + count_params(sizes[1:])
