"""The learning rate is not used.

Each mistake changes the weights by x: for AND with lr = 0.5 the result is w = (2, 1) and b = -3
instead of (1, 0.5) and -1.5. Multiply both updates by lr.
"""

import numpy as np

from .step import step


def fit_perceptron(X, y, epochs=100, lr=1.0):
    samples, labels = np.asarray(X), np.asarray(y)
    if samples.ndim != 2 or labels.shape != samples.shape[:1]:
        raise ValueError("one label per sample")
    w, b = np.zeros(samples.shape[1]), 0.0
    history = []
    for _ in range(epochs):
        mistakes = 0
        for x_i, y_i in zip(samples, labels):
            error = int(y_i) - int(step(x_i @ w + b))
            w = w + error * x_i
            b = b + error
            mistakes += abs(error)
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
