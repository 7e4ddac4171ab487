"""Wrong: one update per epoch, with matrices."""

import numpy as np


def fit_perceptron(X, y, epochs=100, lr=1.0):
    X, y = np.asarray(X, float), np.asarray(y)
    if X.ndim != 2 or y.shape != (len(X),):
        raise ValueError("bad shapes")
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        e = y - (X @ w + b >= 0)
        w = w + lr * (e @ X)
        b = b + lr * float(e.sum())
        history.append(int(np.abs(e).sum()))
        if history[-1] == 0:
            break
    return w, b, history
