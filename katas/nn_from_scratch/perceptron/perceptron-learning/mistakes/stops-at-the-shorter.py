"""Samples without a label are silently left out.

zip stops at the shorter of two lists: with 4 samples and 3 labels the last sample is never visited. Compare
the shapes first, and raise a ValueError.
"""

import numpy as np

from .step import step


def fit_perceptron(X, y, epochs=100, lr=1.0):
    samples, labels = np.asarray(X), np.asarray(y)
    w, b = np.zeros(samples.shape[1]), 0.0
    history = []
    for _ in range(epochs):
        mistakes = 0
        for x_i, y_i in zip(samples, labels):
            error = int(y_i) - int(step(x_i @ w + b))
            w = w + lr * error * x_i
            b = b + lr * error
            mistakes += abs(error)
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
