"""Wrong: all probabilities come from the state at the beginning of the sweep."""

import numpy as np

from ..activations.logistic import sigmoid
from ..forward.softmax import log_softmax


def machine(W, b):
    W, b = np.array(W) * 1.0, np.array(b) * 1.0
    n = b.shape[0] if b.ndim == 1 else -1
    if W.shape != (n, n):
        raise ValueError("wrong shapes")
    if (np.abs(W - W.T) > 1e-12).any() or (np.diagonal(W) != 0).any():
        raise ValueError("not a Boltzmann machine")
    return W, b, n


def units(s, n):
    s = np.array(s)
    if s.shape != (n,) or ((s != 0) & (s != 1)).any():
        raise ValueError("not a state")
    return s


def bm_energy(s, W, b):
    W, b, n = machine(W, b)
    x = units(s, n) * 1.0
    pairs = sum(W[i, j] * x[i] * x[j] for i in range(n) for j in range(i))
    return float(-pairs - (b * x).sum())


def bm_probabilities(W, b):
    W, b, n = machine(W, b)
    if n > 12:
        raise ValueError("n is at most 12")
    k = np.arange(2**n)
    S = np.stack([(k // 2 ** (n - 1 - i)) % 2 for i in range(n)], axis=1).astype(float)
    minus_E = S @ b + 0.5 * ((S @ W) * S).sum(1)
    return np.exp(log_softmax(minus_E))


def gibbs_sweep(s, W, b, rng):
    W, b, n = machine(W, b)
    s = units(s, n)
    u = rng.random(n)
    return (u < sigmoid(b + W @ s)).astype(s.dtype)


def sample(W, b, n_samples, burn_in, rng):
    W, b, n = machine(W, b)
    walk = [np.zeros(n, dtype=np.int64)]
    while len(walk) < 1 + burn_in + n_samples:
        walk.append(gibbs_sweep(walk[-1], W, b, rng))
    return np.array(walk)[1 + burn_in :]
