"""The weights have the dtype of X, so they are integers for integer samples.

A step of 0.5 then cannot be stored: it is truncated to 0, and w stays (0, 0) for OR with lr = 0.5. Start with
np.zeros(n), which is float64.
"""

import numpy as np

from .step import step


def fit_perceptron(X, y, epochs=100, lr=1.0):
    samples, labels = np.asarray(X), np.asarray(y)
    if samples.ndim != 2 or labels.shape != samples.shape[:1]:
        raise ValueError("one label per sample")
    w, b = np.zeros(samples.shape[1], dtype=samples.dtype), 0.0
    history = []
    for _ in range(epochs):
        mistakes = 0
        for x_i, y_i in zip(samples, labels):
            error = int(y_i) - int(step(x_i @ w + b))
            w = (w + lr * error * x_i).astype(samples.dtype)
            b = b + lr * error
            mistakes += abs(error)
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
