"""Right: float states inside, and the type of s given back at the end."""

import numpy as np


def _only_signs(a):
    if not np.all((a == 1.0) | (a == -1.0)):
        raise ValueError("expected 1 and -1")


def hebbian(patterns):
    patterns = np.asarray(patterns, dtype="float64")
    if patterns.ndim != 2:
        raise ValueError("expected (P, N)")
    _only_signs(patterns)
    n = patterns.shape[1]
    w = np.tensordot(patterns, patterns, axes=([0], [0]))
    w *= 1.0 - np.eye(n)
    return w / n


def energy(W, s):
    W = np.asarray(W, dtype="float64")
    s = np.asarray(s, dtype="float64")
    _only_signs(s)
    if s.ndim != 1 or W.shape != s.shape + s.shape:
        raise ValueError("expected (N, N) and (N,)")
    return np.einsum("i,ij,j->", s, W, s) / -2.0


def recall(W, s, rng, max_sweeps=10):
    W = np.asarray(W, dtype="float64")
    s = np.asarray(s)
    _only_signs(s)
    if s.ndim != 1 or W.shape != s.shape + s.shape:
        raise ValueError("expected (N, N) and (N,)")
    x = s.astype("float64")
    for _ in range(max_sweeps):
        moved = False
        for k in rng.permutation(x.shape[0]).tolist():
            new = np.sign(W[k].dot(x)) or x[k]
            moved |= bool(new != x[k])
            x[k] = new
        if not moved:
            break
    return x.astype(s.dtype)
