"""Wrong: biases are penalized like weights, and the gradient still has its 2."""

import numpy as np


def _check(weights, lam):
    if lam < 0:
        raise ValueError("lam must be >= 0")
    arrays = []
    for W in weights:
        W = np.asarray(W)
        if not np.issubdtype(W.dtype, np.floating):
            W = W.astype(np.float64)
        arrays.append(W)
    return arrays


def l2_penalty(weights, lam):
    total = 0.0
    for W in _check(weights, lam):
        total += np.sum(W * W)
    return float(0.5 * lam * total)


def l2_penalty_grads(weights, lam):
    return [2 * lam * W for W in _check(weights, lam)]


def structural_risk(empirical, weights, lam):
    return float(empirical + l2_penalty(weights, lam))
