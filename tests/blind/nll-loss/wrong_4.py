"""Wrong: probabilities are accepted, and their logarithm is not needed."""

import numpy as np


def nll_loss(logp, y):
    logp = np.asarray(logp, dtype=np.float64)
    y = np.asarray(y)
    if logp.ndim != 2 or logp.shape[0] == 0:
        raise ValueError("logp must be (N, C)")
    n, c = logp.shape
    if y.shape != (n,) or not np.issubdtype(y.dtype, np.integer):
        raise ValueError("y must be N integers")
    if np.any(y < 0) or np.any(y >= c):
        raise ValueError("label out of range")
    return float(-np.mean(logp[np.arange(n), y]))


def _check(pred, y, var):
    p = np.asarray(pred, dtype=np.float64)
    t = np.asarray(y, dtype=np.float64)
    v = np.asarray(var, dtype=np.float64)
    if p.ndim != 1 or p.shape != t.shape or p.size == 0:
        raise ValueError("pred and y must be (N,)")
    if v.ndim == 0:
        v = np.full(p.shape, float(v))
    if v.shape != p.shape or not np.all(v > 0):
        raise ValueError("var must be positive, a number or (N,)")
    return p, t, v


def gaussian_nll(pred, y, var):
    p, t, v = _check(pred, y, var)
    return float(np.mean((p - t) ** 2 / (2 * v) + 0.5 * np.log(2 * np.pi * v)))


def gaussian_nll_grad(pred, y, var):
    p, t, v = _check(pred, y, var)
    g = (p - t) / (v * p.size)
    dtype = np.asarray(pred).dtype
    return g.astype(dtype) if np.issubdtype(dtype, np.floating) else g


def fit_line(x, y, var=1.0):
    x, y, v = _check(x, y, var)
    if np.ptp(x) == 0:
        raise ValueError("x must contain two different numbers")
    w = 1.0 / v
    mx = np.average(x, weights=w)
    my = np.average(y, weights=w)
    a = np.average((x - mx) * (y - my), weights=w) / np.average((x - mx) ** 2, weights=w)
    return float(a), float(my - a * mx)
