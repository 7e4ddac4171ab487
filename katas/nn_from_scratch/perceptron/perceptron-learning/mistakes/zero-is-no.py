"""The answer at a net input of exactly 0 is taken to be 0.

All net inputs are 0 at the start, so the very first answer differs: AND begins with 1 mistake
instead of 2. Here step(0) is 1, so compare with >= 0.
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
            error = int(y_i) - int(step(x_i @ w + b, at_zero=0))
            w = w + lr * error * x_i
            b = b + lr * error
            mistakes += abs(error)
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
