"""Right: plain loops with an if for each kind of mistake."""

import numpy as np


def fit_perceptron(X, y, epochs=100, lr=1.0):
    X = np.array(X, dtype=np.float64)
    y = np.array(y)
    if X.ndim != 2:
        raise ValueError("X must have two axes")
    if y.shape != (X.shape[0],):
        raise ValueError("y must have one label per row")
    n = X.shape[1]
    w = np.zeros(n)
    b = 0.0
    history = []
    epoch = 0
    while epoch < epochs:
        epoch += 1
        wrong = 0
        for i in range(len(X)):
            z = np.dot(w, X[i]) + b
            prediction = 1 if z >= 0 else 0
            if prediction == 0 and y[i] == 1:
                w += lr * X[i]
                b += lr
                wrong += 1
            elif prediction == 1 and y[i] == 0:
                w -= lr * X[i]
                b -= lr
                wrong += 1
        history.append(wrong)
        if wrong == 0:
            return w, b, history
    return w, b, history
