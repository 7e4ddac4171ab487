"""All fields are computed once; when a neuron changes, its column is added to them."""

import numpy as np


def _signs(values, ndim):
    array = np.asarray(values)
    if array.ndim != ndim or not ((array == 1) | (array == -1)).all():
        raise ValueError("only 1 and -1")
    return array


def hebbian(patterns):
    X = _signs(patterns, 2).astype(float)
    p, n = X.shape
    return (np.einsum("pi,pj->ij", X, X) - p * np.eye(n)) / n


def energy(W, s):
    W, s = np.asarray(W), _signs(s, 1)
    if W.shape != s.shape * 2:
        raise ValueError("W must be square")
    return -np.sum(W * np.outer(s, s)) / 2


def recall(W, s, rng, max_sweeps=10):
    W, s = np.asarray(W), _signs(s, 1)
    if W.shape != s.shape * 2:
        raise ValueError("W must be square")
    s = s.copy()
    fields = W @ s
    for _ in range(max_sweeps):
        flips = 0
        for i in rng.permutation(s.size):
            if s[i] * fields[i] < 0:
                s[i] = -s[i]
                fields = fields + 2 * s[i] * W[:, i]
                flips += 1
        if flips == 0:
            return s
    return s
