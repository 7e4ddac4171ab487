"""Wrong: > instead of >=, and all epochs are run."""

import numpy as np


def fit_perceptron(X, y, epochs=100, lr=1.0):
    X, y = np.asarray(X, float), np.asarray(y)
    if X.ndim != 2 or y.shape != (len(X),):
        raise ValueError("bad shapes")
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            e = t - int(x @ w + b > 0)
            w, b = w + lr * e * x, b + lr * e
            wrong += int(e != 0)
        history.append(wrong)
    return w, b, history
