"""The learner's own Perceptron is trained; history is counted with NumPy's integers."""

import numpy as np

from .perceptron import Perceptron


def fit_perceptron(X, y, epochs=100, lr=1.0):
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim != 2 or y.shape != (X.shape[0],):
        raise ValueError(f"{X.shape} and {y.shape}")
    p = Perceptron(X.shape[1])
    p.weights = np.zeros(X.shape[1])
    p.bias = 0.0
    history = []
    for _ in range(epochs):
        errors = np.zeros(len(X), dtype=np.int64)
        for i in range(len(X)):
            errors[i] = y[i] - p.forward(X[i])
            p.weights = p.weights + lr * errors[i] * X[i]
            p.bias = p.bias + lr * errors[i]
        history.append(np.abs(errors).sum())
        if not errors.any():
            break
    return p.weights, p.bias, history
