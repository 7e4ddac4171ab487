"""The numbers of a sweep are drawn together; the states are the digits of binary numbers."""

import numpy as np

from ..activations.logistic import sigmoid


def _machine(W, b):
    W, b = np.array(W, dtype=float), np.array(b, dtype=float)
    if b.ndim != 1 or W.shape != b.shape * 2:
        raise ValueError("W is (n, n), b is (n,)")
    if not np.allclose(W, W.T) or np.abs(W.diagonal()).sum() > 0:
        raise ValueError("W is not symmetric with a zero diagonal")
    return W, b


def _state(s, b):
    s = np.array(s)
    if s.shape != b.shape or set(s.tolist()) - {0, 1}:
        raise ValueError("s is not a state")
    return s


def bm_energy(s, W, b):
    W, b = _machine(W, b)
    s = _state(s, b)
    return -float(np.sum(np.triu(W) * np.outer(s, s)) + np.dot(b, s))


def bm_probabilities(W, b):
    W, b = _machine(W, b)
    n = b.size
    if n > 12:
        raise ValueError("too many states")
    numbers = np.arange(2**n)
    states = (numbers[:, np.newaxis] >> np.arange(n)[::-1]) & 1
    minus_energy = np.einsum("ki,ij,kj->k", states, W / 2, states) + states @ b
    powers = np.exp(minus_energy - minus_energy.max())
    return powers / powers.sum()


def gibbs_sweep(s, W, b, rng):
    W, b = _machine(W, b)
    s = _state(s, b)
    for i, number in enumerate(rng.random(s.size)):
        s[i] = 1 if number < sigmoid(np.dot(W[:, i], s) + b[i]) else 0
    return s


def sample(W, b, n_samples, burn_in, rng):
    W, b = _machine(W, b)
    s = np.zeros(b.size, dtype=np.int64)
    for _ in range(burn_in):
        s = gibbs_sweep(s, W, b, rng)
    rows = []
    for _ in range(n_samples):
        s = gibbs_sweep(s, W, b, rng)
        rows.append(s)
    return np.array(rows, dtype=np.int64).reshape(n_samples, b.size)
