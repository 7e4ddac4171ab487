"""The epoch without a mistake is missing from history.

Training stops before the 0 is appended: for OR history is [2, 2, 1] instead of [2, 2, 1, 0]. The 0
shows that all samples are learned. Append first, then stop.
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
            w = w + lr * error * x_i
            b = b + lr * error
            mistakes += abs(error)
        if mistakes == 0:
            break
        history.append(mistakes)
    return w, b, history
