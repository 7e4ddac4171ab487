"""Wrong: no shape is tested, so a column and a flat array are broadcast."""

import numpy as np


def _diff(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.size == 0 or y.size == 0:
        raise ValueError("no data")
    dtype = pred.dtype if pred.dtype.kind == "f" else np.dtype("float64")
    return pred.astype(dtype) - y.astype(dtype)


def mse(pred, y):
    return float(np.mean(_diff(pred, y) ** 2))


def mse_grad(pred, y):
    d = _diff(pred, y)
    return 2 * d / d.size


def mae(pred, y):
    return float(np.mean(np.abs(_diff(pred, y))))


def mae_grad(pred, y):
    d = _diff(pred, y)
    return np.sign(d) / d.size


def huber(pred, y, delta=1.0):
    if delta <= 0:
        raise ValueError("delta must be positive")
    d = np.abs(_diff(pred, y))
    return float(np.mean(np.where(d <= delta, 0.5 * np.minimum(d, delta) ** 2, delta * (d - delta / 2))))


def huber_grad(pred, y, delta=1.0):
    if delta <= 0:
        raise ValueError("delta must be positive")
    d = _diff(pred, y)
    return np.clip(d, -delta, delta) / d.size


def smooth_l1(pred, y, beta=1.0):
    return huber(pred, y, beta) / beta if beta > 0 else huber(pred, y, beta)


def smooth_l1_grad(pred, y, beta=1.0):
    if beta <= 0:
        raise ValueError("beta must be positive")
    return huber_grad(pred, y, beta) / beta
