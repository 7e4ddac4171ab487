"""Right: np.eye rows, eps inside the logarithm, trace of a product."""

import numpy as np


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.ndim != 1 or y.dtype.kind not in "ui":
        raise ValueError
    if len(y) and not (0 <= y.min() and y.max() < num_classes):
        raise ValueError
    return np.eye(num_classes, dtype=float)[y]


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y).astype(float), np.asarray(P).astype(float)
    if Y.shape != P.shape or Y.size == 0:
        raise ValueError
    Y, P = Y.reshape(-1, Y.shape[-1]), P.reshape(-1, P.shape[-1])
    per_sample = [-(t @ np.log(p + eps)) for t, p in zip(Y, P)]
    return float(np.average(per_sample))
