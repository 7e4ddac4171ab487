"""Weights added up pattern by pattern, np.sign with a correction, and a while loop."""

import numpy as np


def _check(W, s):
    s = np.array(s)
    if s.ndim != 1 or set(np.unique(s).tolist()) - {1, -1}:
        raise ValueError(f"not a state: {s}")
    W = np.array(W, dtype=float)
    if W.ndim != 2 or not W.shape[0] == W.shape[1] == len(s):
        raise ValueError("W does not match")
    return W, s


def hebbian(patterns):
    patterns = np.array(patterns, dtype=np.float64)
    if patterns.ndim != 2:
        raise ValueError("one row per pattern")
    if not np.array_equal(np.square(patterns), np.ones_like(patterns)):
        raise ValueError("only signs")
    n = patterns.shape[1]
    W = np.zeros((n, n))
    for pattern in patterns:
        W += np.multiply.outer(pattern, pattern) / n
    W[np.arange(n), np.arange(n)] = 0
    return W


def energy(W, s):
    W, s = _check(W, s)
    upper = np.triu(W, 1) + np.tril(W, -1).T
    return float(-s @ (upper / 2) @ s - 0.5 * np.trace(W))


def recall(W, s, rng, max_sweeps=10):
    W, s = _check(W, s)
    left, restless = max_sweeps, True
    while left > 0 and restless:
        restless = False
        for i in rng.permutation(np.arange(len(s))):
            wanted = np.sign(np.dot(W[i], s))
            if wanted == -s[i]:
                s[i] *= -1
                restless = True
        left -= 1
    return s
