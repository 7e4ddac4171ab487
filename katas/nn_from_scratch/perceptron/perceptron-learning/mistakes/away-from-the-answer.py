"""The weights change in the wrong direction: the error has the wrong sign.

With answer - y, a sample that should be 0 and got 1 makes the sum even larger. For the sample (2,
3) with the label 0, w becomes (2, 3) instead of (-2, -3), and the mistakes never stop. Take y -
answer.
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
            error = int(step(x_i @ w + b)) - int(y_i)
            w = w + lr * error * x_i
            b = b + lr * error
            mistakes += abs(error)
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
