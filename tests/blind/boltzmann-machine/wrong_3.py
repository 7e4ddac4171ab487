"""Wrong: a sweep works on the array that it is given."""

import itertools

import numpy as np


def check(W, b):
    W = np.asarray(W, dtype=float)
    b = np.asarray(b, dtype=float)
    if b.ndim != 1:
        raise ValueError("b must be (n,)")
    if W.ndim != 2 or W.shape[0] != len(b) or W.shape[1] != len(b):
        raise ValueError("W must be (n, n)")
    if not np.allclose(W, W.T):
        raise ValueError("W must be symmetric")
    if np.any(np.diag(W)):
        raise ValueError("W must have a zero diagonal")
    return W, b


def check_state(s, b):
    s = np.asarray(s)
    if s.shape != b.shape:
        raise ValueError("s must be (n,)")
    if not np.isin(s, [0, 1]).all():
        raise ValueError("s must contain 0 and 1 only")
    return s


def sigma(h):
    if h >= 0:
        return 1 / (1 + np.exp(-h))
    return np.exp(h) / (1 + np.exp(h))


def bm_energy(s, W, b):
    W, b = check(W, b)
    s = check_state(s, b)
    return float(-0.5 * s @ W @ s - b @ s)


def bm_probabilities(W, b):
    W, b = check(W, b)
    n = len(b)
    if n > 12:
        raise ValueError("too many units")
    E = np.zeros(2**n)
    for k, s in enumerate(itertools.product([0, 1], repeat=n)):
        s = np.array(s, dtype=float)
        E[k] = -0.5 * s @ W @ s - b @ s
    p = np.exp(-(E - E.min()))
    return p / p.sum()


def gibbs_sweep(s, W, b, rng):
    W, b = check(W, b)
    s = check_state(s, b)
    for i in range(len(s)):
        h = W[i] @ s + b[i]
        if rng.random() < sigma(h):
            s[i] = 1
        else:
            s[i] = 0
    return s


def sample(W, b, n_samples, burn_in, rng):
    W, b = check(W, b)
    s = np.zeros(len(b), dtype=np.int64)
    for _ in range(burn_in):
        s = gibbs_sweep(s, W, b, rng)
    out = np.empty((n_samples, len(b)), dtype=np.int64)
    for k in range(n_samples):
        s = gibbs_sweep(s, W, b, rng)
        out[k] = s
    return out
