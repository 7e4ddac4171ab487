"""Flat lists of all places; the pair with the largest gap; sorted neighbours."""

import numpy as np

from ..activations.logistic import sigmoid


def net_1_1_1(w1, w2, x):
    w1, w2, x = np.broadcast_arrays(w1, w2, x)
    return sigmoid(w2 * sigmoid(w1 * x))


def logit_gradients(z, y):
    z, y = np.asarray(z), np.asarray(y)
    if not z.ndim == y.ndim == 1 or len(z) != len(y):
        raise ValueError("z and y must be (N,)")
    p, q = sigmoid(z), sigmoid(-z)
    return 2 * (p - y) * p * q, p - y


def surface(loss, w1, w2):
    w1, w2 = np.array(w1, float), np.array(w2, float)
    if (w1.ndim, w2.ndim) != (1, 1):
        raise ValueError("one axis each")
    return loss(np.tile(w1, len(w2)), np.repeat(w2, len(w1))).reshape(len(w2), len(w1))


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    pairs = rng.uniform(-box, box, (tries, 4))
    if tries == 0:
        return None
    a, b = pairs[:, :2], pairs[:, 2:]
    m = a + (b - a) / 2
    gaps = loss(m[:, 0], m[:, 1]) - (loss(a[:, 0], a[:, 1]) + loss(b[:, 0], b[:, 1])) / 2
    best = int(np.argmax(gaps))
    return (a[best], b[best], gaps[best]) if gaps[best] > 1e-3 else None


def strict_local_minima(Z):
    Z = np.asarray(Z)
    if Z.ndim != 2:
        raise ValueError("Z has two axes")
    if min(Z.shape) < 3:
        return []
    windows = np.lib.stride_tricks.sliding_window_view(Z, (3, 3)).reshape(-1, 9)
    others = np.delete(windows, 4, axis=1).min(axis=1)
    where = np.flatnonzero(windows[:, 4] < others)
    return [(int(k) // (Z.shape[1] - 2) + 1, int(k) % (Z.shape[1] - 2) + 1) for k in where]
