"""Right: everything in float64, and the dtype of pred only at the end."""

import numpy as np


def _error(pred, y):
    p, t = np.array(pred, dtype=np.float64), np.array(y, dtype=np.float64)
    if p.shape != t.shape or p.size < 1:
        raise ValueError(f"cannot compare {p.shape} with {t.shape}")
    return p - t


def _like_pred(grad, pred):
    dtype = np.asarray(pred).dtype
    return grad.astype(dtype) if dtype.kind == "f" else grad


def _check_limit(limit):
    if not limit > 0.0:
        raise ValueError("the limit must be positive")


def mse(pred, y):
    return np.mean(_error(pred, y) ** 2)


def mse_grad(pred, y):
    e = _error(pred, y)
    return _like_pred(e * (2 / e.size), pred)


def mae(pred, y):
    return np.mean(abs(_error(pred, y)))


def mae_grad(pred, y):
    e = _error(pred, y)
    return _like_pred(np.where(e >= 0, 1.0, -1.0) / e.size, pred)


def huber(pred, y, delta=1.0):
    _check_limit(delta)
    e = np.abs(_error(pred, y))
    small = e <= delta
    cost = np.empty_like(e)
    cost[small] = e[small] ** 2 / 2
    cost[~small] = delta * e[~small] - delta**2 / 2
    return np.mean(cost)


def huber_grad(pred, y, delta=1.0):
    _check_limit(delta)
    e = _error(pred, y)
    return _like_pred(np.maximum(np.minimum(e, delta), -delta) / e.size, pred)


def smooth_l1(pred, y, beta=1.0):
    _check_limit(beta)
    e = np.abs(_error(pred, y))
    with np.errstate(over="ignore"):
        return np.mean(np.where(e < beta, 0.5 * e**2 / beta, e - 0.5 * beta))


def smooth_l1_grad(pred, y, beta=1.0):
    _check_limit(beta)
    e = _error(pred, y)
    return _like_pred(np.where(np.abs(e) < beta, e / beta, np.sign(e)) / e.size, pred)
