"""Wrong: the gradients are those of one element, and are not divided by n."""

import numpy as np


def _prepare(pred, y):
    pred = np.asarray(pred)
    y = np.asarray(y)
    if pred.shape != y.shape:
        raise ValueError("pred and y must have the same shape")
    if pred.size == 0:
        raise ValueError("at least one element is needed")
    if not np.issubdtype(pred.dtype, np.floating):
        pred = pred.astype(np.float64)
    return pred - y.astype(pred.dtype), pred.size


def _positive(value, name):
    if value <= 0:
        raise ValueError(f"{name} must be > 0")


def mse(pred, y):
    e, n = _prepare(pred, y)
    return float(np.sum(e * e) / n)


def mse_grad(pred, y):
    e, _ = _prepare(pred, y)
    return 2.0 * e


def mae(pred, y):
    e, n = _prepare(pred, y)
    return float(np.sum(np.abs(e)) / n)


def mae_grad(pred, y):
    e, _ = _prepare(pred, y)
    return np.sign(e)


def huber(pred, y, delta=1.0):
    _positive(delta, "delta")
    e, n = _prepare(pred, y)
    a = np.abs(e)
    q = np.minimum(a, delta)
    return float(np.sum(0.5 * q**2 + delta * (a - q)) / n)


def huber_grad(pred, y, delta=1.0):
    _positive(delta, "delta")
    e, _ = _prepare(pred, y)
    return np.clip(e, -delta, delta)


def smooth_l1(pred, y, beta=1.0):
    _positive(beta, "beta")
    return huber(pred, y, delta=beta) / beta


def smooth_l1_grad(pred, y, beta=1.0):
    _positive(beta, "beta")
    return huber_grad(pred, y, delta=beta) / beta
