"""One call to the loss per row; a generator of pairs; padding with infinity."""

import numpy as np

from ..activations.logistic import sigmoid, sigmoid_grad


def net_1_1_1(w1, w2, x):
    hidden = sigmoid(np.asarray(x) * np.asarray(w1))
    return sigmoid(hidden * np.asarray(w2))


def logit_gradients(z, y):
    if np.ndim(z) != 1 or np.shape(z) != np.shape(y):
        raise ValueError("z and y must be (N,)")
    entropy = sigmoid(z) - y
    return 2 * entropy * sigmoid_grad(z), entropy


def surface(loss, w1, w2):
    w1, w2 = np.asarray(w1) * 1.0, np.asarray(w2) * 1.0
    if w1.ndim != 1 or w2.ndim != 1:
        raise ValueError("w1 and w2 have one axis")
    rows = [loss(w1, np.full(len(w1), up)) for up in w2.astype(float)]
    return np.array(rows, dtype=float).reshape(len(w2), len(w1))


def _pairs(rng, box, tries):
    for start in range(0, tries, 100):
        for row in rng.uniform(-box, box, (min(100, tries - start), 2, 2)):
            yield row[0], row[1]


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    for a, b in _pairs(rng, box, tries):
        gap = float(loss(*((a + b) * 0.5))) - float(loss(*a) + loss(*b)) * 0.5
        if gap > 1e-3:
            return [a, b, gap]
    return None


def strict_local_minima(Z):
    Z = np.asarray(Z, float)
    if Z.ndim != 2:
        raise ValueError("Z has two axes")
    rows, columns = Z.shape
    wide = np.pad(Z, 1, constant_values=np.inf)
    return [
        (i - 1, j - 1)
        for i in range(2, rows)
        for j in range(2, columns)
        if (wide[i - 1 : i + 2, j - 1 : j + 2] <= wide[i, j]).sum() == 1
    ]
