"""The fields are computed once per sweep, and change when a unit does."""

import numpy as np

from ..activations.logistic import sigmoid
from ..forward.softmax import logsumexp


def _read(W, b, s=None):
    W, b = np.asarray(W).astype(float), np.asarray(b).astype(float)
    if b.ndim != 1 or W.shape != (b.size, b.size):
        raise ValueError(f"shapes {W.shape} and {b.shape}")
    if (W != W.T).any() or W.diagonal().any():
        raise ValueError("symmetric weights without a diagonal are needed")
    if s is None:
        return W, b, None
    s = np.asarray(s)
    if s.shape != b.shape or not np.isin(s, (0, 1)).all():
        raise ValueError("a state contains 0 and 1")
    return W, b, s


def _energies(S, W, b):
    return -(S @ b) - 0.5 * np.einsum("ki,ij,kj->k", S, W, S)


def bm_energy(s, W, b):
    W, b, s = _read(W, b, s)
    return _energies(s[np.newaxis].astype(float), W, b)[0]


def bm_probabilities(W, b):
    W, b, _ = _read(W, b)
    if b.size > 12:
        raise ValueError("at most 12")
    S = np.indices((2,) * b.size).reshape(b.size, -1).T.astype(float)
    energies = _energies(S, W, b)
    return np.exp(-energies - logsumexp(-energies))


def gibbs_sweep(s, W, b, rng):
    W, b, s = _read(W, b, s)
    fields = W @ s + b
    result = np.empty_like(s)
    for i in range(s.size):
        new = int(rng.random() < sigmoid(fields[i]))
        fields += (new - float(s[i])) * W[i]
        result[i] = new
    return result


def sample(W, b, n_samples, burn_in, rng):
    W, b, s = _read(W, b, np.zeros(np.shape(b), np.int64))
    result = np.zeros((n_samples, s.size), np.int64)
    for k in range(-burn_in, n_samples):
        s = gibbs_sweep(s, W, b, rng)
        if k >= 0:
            result[k] = s
    return result
