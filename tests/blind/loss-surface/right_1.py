"""Right: everything vectorized, a while loop over chunks of pairs."""

import numpy as np

from ..activations.logistic import sigmoid


def net_1_1_1(w1, w2, x):
    h = sigmoid(np.asarray(w1) * np.asarray(x))
    return sigmoid(np.asarray(w2) * h)


def logit_gradients(z, y):
    z = np.asarray(z, dtype=float)
    y = np.asarray(y, dtype=float)
    if z.ndim != 1:
        raise ValueError("z must be one-dimensional")
    if y.shape != z.shape:
        raise ValueError("y must match z")
    p = sigmoid(z)
    ce = p - y
    mse = 2 * ce * p * (1 - p)
    return mse, ce


def surface(loss, w1, w2):
    w1 = np.asarray(w1, dtype=float)
    w2 = np.asarray(w2, dtype=float)
    if w1.ndim != 1 or w2.ndim != 1:
        raise ValueError("need vectors")
    shape = (w2.size, w1.size)
    X = np.broadcast_to(w1, shape).copy()
    Y = np.broadcast_to(w2[:, None], shape).copy()
    return loss(X, Y)


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    left = tries
    while left > 0:
        n = min(left, 1000)
        left -= n
        a = rng.uniform(-box, box, size=(n, 2))
        b = rng.uniform(-box, box, size=(n, 2))
        m = 0.5 * (a + b)
        la = loss(a[:, 0], a[:, 1])
        lb = loss(b[:, 0], b[:, 1])
        gap = loss(m[:, 0], m[:, 1]) - 0.5 * (la + lb)
        k = int(np.argmax(gap))
        if gap[k] > 1e-3:
            return a[k], b[k], float(gap[k])
    return None


def strict_local_minima(Z):
    Z = np.asarray(Z)
    if Z.ndim != 2:
        raise ValueError("Z must be 2-D")
    if Z.shape[0] < 3 or Z.shape[1] < 3:
        return []
    c = Z[1:-1, 1:-1]
    ok = (
        (c < Z[:-2, :-2])
        & (c < Z[:-2, 1:-1])
        & (c < Z[:-2, 2:])
        & (c < Z[1:-1, :-2])
        & (c < Z[1:-1, 2:])
        & (c < Z[2:, :-2])
        & (c < Z[2:, 1:-1])
        & (c < Z[2:, 2:])
    )
    rows, cols = np.nonzero(ok)
    return [(int(r + 1), int(k + 1)) for r, k in zip(rows, cols, strict=True)]
