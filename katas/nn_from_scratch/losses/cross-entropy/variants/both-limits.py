"""Labels that are floats but integral are accepted; probabilities are limited on both sides."""

import numpy as np


def one_hot(y, num_classes):
    given = np.asarray(y)
    if given.ndim != 1:
        raise ValueError("y needs one axis")
    labels = given.astype(np.int64)
    if not np.array_equal(labels, given) or not np.isin(labels, np.arange(num_classes)).all():
        raise ValueError("labels must be integers from 0 to C - 1")
    rows = np.zeros((len(labels), num_classes))
    np.put_along_axis(rows, labels[:, np.newaxis], 1.0, axis=1)
    return rows


def cross_entropy(Y, P, eps=1e-15):
    Y = np.asarray(Y, dtype=float)
    P = np.asarray(P, dtype=float)
    if Y.shape != P.shape:
        raise ValueError("shapes")
    if not P.size:
        raise ValueError("empty")
    logs = np.log(np.clip(P, eps, 1.0 - eps))
    return -np.einsum("...c,...c->...", Y, logs).mean()
