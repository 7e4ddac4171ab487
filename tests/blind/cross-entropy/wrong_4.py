"""Wrong: negative labels are let through, and the rows are integers."""

import numpy as np


def one_hot(y, num_classes):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError("labels must be a vector")
    if not np.issubdtype(y.dtype, np.integer):
        raise ValueError("labels must be whole numbers")
    if np.any(y >= num_classes):
        raise ValueError("label outside 0..C-1")
    out = np.zeros((y.shape[0], num_classes), dtype=np.int64)
    out[np.arange(y.shape[0]), y] = 1
    return out


def cross_entropy(Y, P, eps=1e-15):
    Y = np.asarray(Y, dtype=np.float64)
    P = np.asarray(P, dtype=np.float64)
    if Y.shape != P.shape:
        raise ValueError(f"{Y.shape} and {P.shape}")
    if P.ndim == 1:
        Y, P = Y[None, :], P[None, :]
    n = P.shape[0]
    if n == 0 or P.shape[1] == 0:
        raise ValueError("empty batch")
    P = np.clip(P, eps, 1)
    return -np.sum(Y * np.log(P)) / n
