"""All answers at once, then a jump to the next sample that is wrong."""

import numpy as np


def fit_perceptron(X, y, epochs=100, lr=1.0):
    X, y = np.asarray(X, dtype=np.float64), np.asarray(y)
    if X.ndim != 2 or y.ndim != 1 or len(X) != len(y):
        raise ValueError("shapes do not match")
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        here, mistakes = 0, 0
        while True:
            errors = y[here:] - (X[here:] @ w + b >= 0)
            wrong = np.flatnonzero(errors)
            if wrong.size == 0:
                break
            first = wrong[0]
            w = w + lr * errors[first] * X[here + first]
            b = b + lr * errors[first]
            here += first + 1
            mistakes += 1
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, float(b), history
