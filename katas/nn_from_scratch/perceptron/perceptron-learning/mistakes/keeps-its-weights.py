"""A second call goes on from the weights of the first one.

Python makes a default value only once, so all calls share an array or a list that is a default
value. They share a global variable too: after one call w is no longer (0, 0). Make new zeros in
each call.
"""

import numpy as np

from .step import step


def fit_perceptron(X, y, epochs=100, lr=1.0, kept={}):
    samples, labels = np.asarray(X), np.asarray(y)
    if samples.ndim != 2 or labels.shape != samples.shape[:1]:
        raise ValueError("one label per sample")
    n = samples.shape[1]
    w, b = kept.get(n, (np.zeros(n), 0.0))
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
    kept[n] = w, b
    return w, b, history
