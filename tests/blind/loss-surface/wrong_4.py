"""Wrong: the chord must be above the loss."""

import numpy as np


def _sig(t):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(t, dtype=float)))


def net_1_1_1(w1, w2, x):
    return _sig(np.asarray(w2) * _sig(np.asarray(w1) * x))


def logit_gradients(z, y):
    z = np.asarray(z)
    y = np.asarray(y)
    if z.shape != y.shape or len(z.shape) != 1:
        raise ValueError("z, y: (N,)")
    d = _sig(z) - y
    slope = _sig(z) * _sig(-z.astype(float))
    return 2 * d * slope, d


def surface(loss, w1, w2):
    w1, w2 = np.asarray(w1, float), np.asarray(w2, float)
    if w1.ndim != 1 or w2.ndim != 1:
        raise ValueError("vectors please")
    first, second = np.meshgrid(w1, w2, indexing="ij")
    return np.ascontiguousarray(loss(first, second).T)


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    def draw():
        return box * (rng.random((tries, 2)) * 2 - 1)

    a, b = draw(), draw()

    def at(points):
        return loss(points[:, 0], points[:, 1])

    gaps = 0.5 * (at(a) + at(b)) - at(0.5 * (a + b))
    for p, q, g in zip(a, b, gaps, strict=True):
        if g > 0.001:
            return p, q, float(g)
    return None


def strict_local_minima(Z):
    Z = np.asarray(Z)
    if Z.ndim != 2:
        raise ValueError("two axes")
    low = np.zeros(Z.shape, bool)
    low[1:-1, 1:-1] = True
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if (dy, dx) != (0, 0):
                low &= Z < np.roll(Z, (dy, dx), axis=(0, 1))
    return [(int(i), int(j)) for i, j in np.argwhere(low)][::-1]
