"""Python loops build the rows; logarithms are taken only where Y is not 0."""

import numpy as np


def one_hot(y, num_classes):
    labels = np.asarray(y)
    if labels.ndim != 1 or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError("N integers are needed")
    rows = np.zeros((labels.size, num_classes))
    for row, label in zip(rows, labels.tolist(), strict=True):
        if not 0 <= label < num_classes:
            raise ValueError(f"label {label}")
        row[label] = 1.0
    return rows


def cross_entropy(Y, P, eps=1e-15):
    Y, P = np.asarray(Y), np.asarray(P)
    if Y.shape != P.shape:
        raise ValueError("shapes differ")
    if len(P) == 0:
        raise ValueError("no samples")
    Y, P = np.atleast_2d(Y), np.atleast_2d(P)
    logs = np.log(np.where(eps > P, eps, P))
    return -np.mean(np.sum(np.where(Y > 0, Y * logs, 0.0), axis=1))
