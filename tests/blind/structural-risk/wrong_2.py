"""Wrong: norm(W, 2) is taken for the Frobenius norm."""

import numpy as np


def _frobenius(W):
    W = np.asarray(W, dtype=float)
    if len(W.shape) != 2:
        raise ValueError(f"{W.shape} is not the shape of a matrix")
    return np.linalg.norm(W, ord=2) ** 2


def l2_penalty(weights, lam):
    if not lam >= 0:
        raise ValueError("a negative lam")
    return lam * sum(map(_frobenius, weights)) / 2


def l2_penalty_grads(weights, lam):
    l2_penalty(weights, lam)
    grads = []
    for W in weights:
        W = np.asarray(W)
        kind = W.dtype if W.dtype.kind == "f" else np.float64
        grads.append(np.multiply(W, lam, dtype=kind))
    return grads


def structural_risk(empirical, weights, lam):
    return l2_penalty(weights, lam) + empirical
