"""Wrong: lam is in the risk once more, and may be below 0."""

import numpy as np


def _check(weights, lam):
    arrays = []
    for W in weights:
        W = np.asarray(W)
        if W.ndim != 2:
            raise ValueError("weights must be matrices")
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
    return [lam * W for W in _check(weights, lam)]


def structural_risk(empirical, weights, lam):
    return float(empirical + lam * l2_penalty(weights, lam))
