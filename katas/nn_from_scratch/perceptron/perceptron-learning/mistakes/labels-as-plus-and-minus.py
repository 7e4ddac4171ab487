"""The update is y x, as if the labels were +1 and -1.

A sample with the label 0 then adds 0 when its answer is wrong, and never teaches anything: for the sample
(2, 3) with the label 0, w stays (0, 0) instead of (-2, -3). The error y - answer is -1 there.
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
            if error != 0:
                w = w + lr * int(y_i) * x_i
                b = b + lr * int(y_i)
            mistakes += abs(error)
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history
