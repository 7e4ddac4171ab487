"""The answers of a whole epoch are computed with the weights from before it.

Rosenblatt's rule updates after each sample, and the next sample is used with the new weights. If
all updates come at the end of an epoch, the weights change differently: the first epoch of AND has
3 mistakes instead of 2.
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
        answers = step(samples @ w + b)
        for x_i, y_i, answer in zip(samples, labels, answers):
            error = int(y_i) - int(answer)
            w = w + lr * error * x_i
            b = b + lr * error
            mistakes += abs(error)
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
