"""Python loops over layers, rows and entries."""

import numpy as np


def _checked(W, lam):
    if lam < 0:
        raise ValueError("lam")
    W = np.array(W)
    if W.ndim != 2:
        raise ValueError("not a matrix")
    return W if W.dtype.kind == "f" else W.astype(float)


def l2_penalty(weights, lam):
    if lam < 0:
        raise ValueError("lam")
    total = 0.0
    for W in weights:
        for row in _checked(W, lam).tolist():
            for w in row:
                total += 0.5 * lam * w**2
    return total


def l2_penalty_grads(weights, lam):
    if lam < 0:
        raise ValueError("lam")
    grads = []
    for W in weights:
        W = _checked(W, lam)
        W *= lam
        grads.append(W)
    return grads


def structural_risk(empirical, weights, lam):
    return sum([empirical, l2_penalty(weights, lam)])
