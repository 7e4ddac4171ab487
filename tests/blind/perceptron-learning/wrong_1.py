"""Wrong: the bias is forgotten."""

import numpy as np


def fit_perceptron(X, y, epochs=100, lr=1.0):
    X, y = np.asarray(X, float), np.asarray(y)
    if X.ndim != 2 or len(y) != len(X) or y.ndim != 1:
        raise ValueError("bad shapes")
    w = np.zeros(X.shape[1])
    b = 0.0
    history = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            p = 1 if x @ w + b >= 0 else 0
            if p != t:
                w += lr * (t - p) * x
                wrong += 1
        history.append(wrong)
        if wrong == 0:
            break
    return w, b, history
