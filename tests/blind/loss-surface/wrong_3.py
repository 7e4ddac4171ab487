"""Wrong: plateaus count as minima."""

import numpy as np

from ..activations.logistic import sigmoid, sigmoid_grad


def net_1_1_1(w1, w2, x):
    return sigmoid(w2 * sigmoid(w1 * x))


def logit_gradients(z, y):
    z, y = np.array(z), np.array(y)
    if not (z.ndim == 1 and y.ndim == 1 and len(z) == len(y)):
        raise ValueError(f"bad shapes {z.shape} {y.shape}")
    p = sigmoid(z)
    return (2 * (p - y) * sigmoid_grad(z), p - y)


def surface(loss, w1, w2):
    w1 = np.array(w1, dtype=np.float64)
    w2 = np.array(w2, dtype=np.float64)
    if w1.ndim != 1:
        raise ValueError("w1")
    if w2.ndim != 1:
        raise ValueError("w2")
    out = np.zeros((len(w2), len(w1)))
    for i in range(len(w2)):
        for j in range(len(w1)):
            out[i, j] = loss(w1[j], w2[i])
    return out


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    for _ in range(tries):
        a = rng.uniform(-box, box, 2)
        b = rng.uniform(-box, box, 2)
        m = (a + b) / 2
        gap = loss(*m) - (loss(*a) + loss(*b)) / 2
        if gap > 1e-3:
            return a, b, float(gap)
    return None


def strict_local_minima(Z):
    Z = np.array(Z)
    if len(Z.shape) != 2:
        raise ValueError("Z")
    result = []
    B, A = Z.shape
    for i in range(1, B - 1):
        for j in range(1, A - 1):
            smaller = True
            for di in (-1, 0, 1):
                for dj in (-1, 0, 1):
                    if di == 0 and dj == 0:
                        continue
                    if Z[i + di, j + dj] < Z[i, j]:
                        smaller = False
            if smaller:
                result.append((i, j))
    return result
