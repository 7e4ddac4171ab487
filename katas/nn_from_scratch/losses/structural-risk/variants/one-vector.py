"""All entries in one long vector; the gradients are parts of it, in their own dtypes."""

import numpy as np


def _vector(weights, lam):
    shapes = [np.shape(W) for W in weights]
    if not all(len(shape) == 2 for shape in shapes) or lam < 0:
        raise ValueError(f"shapes {shapes}, lam {lam}")
    parts = [np.ravel(W).astype(np.float64) for W in weights]
    return np.concatenate([np.empty(0), *parts]), shapes


def l2_penalty(weights, lam):
    vector, _ = _vector(weights, lam)
    return 0.5 * lam * np.vdot(vector, vector)


def l2_penalty_grads(weights, lam):
    vector, shapes = _vector(weights, lam)
    vector *= lam
    out, start = [], 0
    for W, (rows, columns) in zip(weights, shapes, strict=True):
        part = vector[start : start + rows * columns].reshape(rows, columns)
        dtype = np.asarray(W).dtype
        out.append(part.astype(dtype if dtype.kind == "f" else float))
        start += rows * columns
    return out


def structural_risk(empirical, weights, lam):
    vector, _ = _vector(weights, lam)
    return float(empirical) + 0.5 * lam * float((vector * vector).sum())
