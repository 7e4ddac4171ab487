"""The Frobenius norm of numpy, squared."""

import numpy as np


def l2_penalty(weights, lam):
    weights = _matrices(weights, lam)
    return float(lam / 2 * sum(np.linalg.norm(W) ** 2 for W in weights))


def l2_penalty_grads(weights, lam):
    weights = _matrices(weights, lam)
    return [W * W.dtype.type(lam) for W in weights]


def structural_risk(empirical, weights, lam):
    return empirical + l2_penalty(weights, lam)


def _matrices(weights, lam):
    if lam < 0:
        raise ValueError("lam is below 0")
    weights = [np.asarray(W) for W in weights]
    if any(W.ndim != 2 for W in weights):
        raise ValueError("a weight matrix has two axes")
    return [W if W.dtype.kind == "f" else W.astype(float) for W in weights]
