"""Wrong: relative_error looks for the largest with `>`, and a nan is never larger than anything."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=np.float64)
    out = np.empty(x.shape)
    for i in np.ndindex(*x.shape):
        plus, minus = x.copy(), x.copy()
        plus[i] += h
        minus[i] -= h
        out[i] = (f(plus) - f(minus)) / (2 * h)
    return out


def relative_error(a, b, floor=1e-8):
    a = np.asarray(a, dtype=np.float64)
    b = np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError("different shapes")
    worst = 0.0
    for p, q in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True):
        error = abs(p - q) / max(floor, abs(p) + abs(q))
        if error > worst:
            worst = error
    return worst
