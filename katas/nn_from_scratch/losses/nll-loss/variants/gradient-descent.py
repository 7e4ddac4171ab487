"""fit_line takes steps against gaussian_nll_grad; one-hot rows choose with np.where."""

import numpy as np

from .cross_entropy import one_hot


def nll_loss(logp, y):
    logp = np.asarray(logp)
    if logp.ndim != 2 or logp.shape[0] == 0:
        raise ValueError("logp needs rows")
    if np.max(logp) > 0:
        raise ValueError("logp is above 0")
    Y = one_hot(y, logp.shape[1])
    if Y.shape != logp.shape:
        raise ValueError("labels and rows differ")
    return -np.where(Y == 1, logp, 0).sum() / len(logp)


def _prepare(pred, y, var):
    pred, y, var = np.asarray(pred), np.asarray(y), np.asarray(var)
    if pred.ndim != 1 or pred.shape != y.shape or len(pred) < 1:
        raise ValueError("pred and y need the shape (N,)")
    if var.ndim and var.shape != y.shape:
        raise ValueError("var needs the shape ()  or (N,)")
    if np.min(var) <= 0:
        raise ValueError("var is not positive")
    return [np.asarray(a, dtype=float) for a in (pred, y, var)]


def gaussian_nll(pred, y, var):
    pred, y, var = _prepare(pred, y, var)
    sigma = np.sqrt(var)
    density = ((pred - y) / sigma) ** 2 / 2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)
    return density.mean()


def gaussian_nll_grad(pred, y, var):
    dtype = np.asarray(pred).dtype
    pred, y, var = _prepare(pred, y, var)
    return ((pred - y) / (var * len(y))).astype(dtype if dtype.kind == "f" else float)


def fit_line(x, y, var=1.0):
    x, y, var = _prepare(x, y, var)
    w = np.ones_like(x) / var
    w /= w.sum()
    middle = np.dot(w, x)
    spread = np.sqrt(np.dot(w, (x - middle) ** 2))
    if (x == x[0]).all():
        raise ValueError("all x are equal")
    u = (x - middle) / spread
    a = b = 0.0
    step = 0.5 / np.mean(1 / np.broadcast_to(var, x.shape))
    for _ in range(60):
        d = gaussian_nll_grad(a * u + b, y, var)
        a, b = a - step * np.dot(d, u), b - step * d.sum()
    return a / spread, b - a * middle / spread
