"""Wrong: divided by the number of patterns, in the type of the patterns."""

import numpy as np


def check_state(s):
    s = np.asarray(s)
    if s.ndim != 1:
        raise ValueError("s must be one-dimensional")
    if not np.isin(s, [-1, 1]).all():
        raise ValueError("s must contain only 1 and -1")
    return s


def check_weights(W, s):
    W = np.asarray(W)
    if W.ndim != 2 or W.shape[0] != W.shape[1] or W.shape[0] != s.shape[0]:
        raise ValueError("W must be (N, N)")
    return W


def hebbian(patterns):
    X = np.asarray(patterns)
    if X.ndim != 2 or not np.isin(X, [-1, 1]).all():
        raise ValueError("patterns must be (P, N) with 1 and -1")
    W = np.dot(X.T, X) / X.shape[0]
    return W - np.diag(np.diag(W))


def energy(W, s):
    s = check_state(s)
    return -0.5 * np.dot(s, np.dot(check_weights(W, s), s))


def recall(W, s, rng, max_sweeps=10):
    s = check_state(s).copy()
    W = check_weights(W, s)
    n = s.shape[0]
    for _ in range(max_sweeps):
        changed = 0
        for i in rng.permutation(n):
            gain = s[i] * np.dot(W[i, :], s)
            if gain < 0:
                s[i] = -s[i]
                changed += 1
        if changed == 0:
            break
    return s
