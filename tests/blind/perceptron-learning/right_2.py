"""Right: labels as plus and minus one inside, and lr applied at the end."""

import numpy as np


def fit_perceptron(X, y, epochs=100, lr=1.0):
    X, y = np.asarray(X, float), np.asarray(y)
    if X.ndim != 2 or y.ndim != 1 or y.size != X.shape[0]:
        raise ValueError("bad shapes")
    sign = 2 * y - 1
    w, b = np.zeros(X.shape[1]), 0.0
    history = []
    for _ in range(epochs):
        errors = 0
        for x, s in zip(X, sign):
            z = w.dot(x) + b
            if (z >= 0) != (s > 0):
                w = w + s * x
                b = b + float(s)
                errors += 1
        history.append(errors)
        if not errors:
            break
    return lr * w, lr * b, history
