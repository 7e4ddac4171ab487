"""Right: one linear layer is recovered from what the stack does with zero and with unit inputs."""

import numpy as np


def _f(a):
    a = np.asarray(a)
    return a if a.dtype.kind == "f" else a.astype("float64")


def affine(x, W, b):
    x, W, b = _f(x), _f(W), _f(b)
    if W.ndim != 2 or b.ndim != 1 or len(b) != W.shape[1] or x.shape[-1] != W.shape[0]:
        raise ValueError("shapes do not match")
    return np.tensordot(x, W, axes=1) + b


def collapse_linear(layers):
    if not len(layers):
        raise ValueError("no layers given")
    first = _f(layers[0][0])
    b = np.zeros(len(first), first.dtype)
    W = np.eye(len(first), dtype=first.dtype)
    for weights, bias in layers:
        b = affine(b, weights, bias)
        W = W.dot(_f(weights))
    return W, b


def count_params(sizes):
    total = 0
    for a, b in zip(sizes[:-1], sizes[1:]):
        total += a * b
        total += b
    return total
