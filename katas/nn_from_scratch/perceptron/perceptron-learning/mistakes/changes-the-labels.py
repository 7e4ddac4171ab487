"""The labels are changed in the array that was passed in.

Writing -1 instead of 0 changes the caller's y: (0, 0, 0, 1) is (-1, -1, -1, 1) afterwards. Make a
new array of signs, such as 2 y - 1, or use the error y - answer, which needs no signs.
"""

import numpy as np

from .step import step


def fit_perceptron(X, y, epochs=100, lr=1.0):
    samples, labels = np.asarray(X), np.asarray(y)
    if samples.ndim != 2 or labels.shape != samples.shape[:1]:
        raise ValueError("one label per sample")
    labels[labels == 0] = -1
    w, b = np.zeros(samples.shape[1]), 0.0
    history = []
    for _ in range(epochs):
        mistakes = 0
        for x_i, sign in zip(samples, labels):
            if 2 * int(step(x_i @ w + b)) - 1 != sign:
                w = w + lr * int(sign) * x_i
                b = b + lr * int(sign)
                mistakes += 1
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
