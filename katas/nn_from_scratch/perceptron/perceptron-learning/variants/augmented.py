"""The bias as a weight whose input is always 1."""

import numpy as np


def fit_perceptron(X, y, epochs=100, lr=1.0):
    X, y = np.array(X, dtype=float), np.array(y)
    if X.ndim != 2 or y.shape != (len(X),):
        raise ValueError("X is (N, n), y is (N,)")
    A = np.hstack([X, np.ones((len(X), 1))])
    v = np.zeros(A.shape[1])
    history = []
    while len(history) < epochs:
        mistakes = 0
        for a, t in zip(A, y, strict=True):
            e = t - (1 if v @ a >= 0 else 0)
            if e:
                v += lr * e * a
                mistakes += 1
        history.append(mistakes)
        if not mistakes:
            break
    return v[:-1], v[-1], history
