"""Wrong: the biases of collapsed layers are added up, in an otherwise right module."""

import numpy as np


def _f(a):
    a = np.asarray(a)
    return a if a.dtype.kind == "f" else a.astype(float)


def affine(x, W, b):
    x, W, b = _f(x), _f(W), _f(b)
    if W.ndim != 2 or b.shape != (W.shape[1],):
        raise ValueError("bad shapes")
    return x @ W + b


def collapse_linear(layers):
    if not layers:
        raise ValueError("no layers")
    W, b = _f(layers[0][0]).copy(), _f(layers[0][1]).copy()
    if b.shape != (W.shape[1],):
        raise ValueError("bad bias")
    for W2, b2 in layers[1:]:
        if np.shape(b2) != (np.shape(W2)[1],):
            raise ValueError("bad bias")
        W = W @ _f(W2)
        b = b + _f(b2)
    return W, b


def count_params(sizes):
    return sum((a + 1) * b for a, b in zip(sizes, sizes[1:]))
