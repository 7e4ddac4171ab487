"""Wrong: the matrices are scaled where they are."""

import numpy as np


def l2_penalty_grads(weights, lam):
    if lam < 0:
        raise ValueError("lam < 0")
    result = []
    for number, W in enumerate(weights):
        W = np.asarray(W)
        if W.ndim != 2:
            raise ValueError(f"weights[{number}] has {W.ndim} axes")
        if W.dtype.kind in "iub":
            W = W.astype(np.float64)
        W *= lam
        result.append(W)
    return result


def l2_penalty(weights, lam):
    grads = l2_penalty_grads([np.array(W) for W in weights], lam)
    return sum((float(np.vdot(W, g)) for W, g in zip(weights, grads)), 0.0) / 2


def structural_risk(empirical, weights, lam):
    return empirical + l2_penalty(weights, lam)
