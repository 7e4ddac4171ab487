"""Wrong: smooth_l1 is another name of huber, and integers are subtracted as they are."""

import numpy as np


def _e(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.shape != y.shape or not pred.size:
        raise ValueError("pred and y do not fit")
    e = pred - y
    if pred.dtype.kind == "f":
        return e.astype(pred.dtype)
    return e.astype(np.float64)


def _above_zero(limit):
    if limit <= 0:
        raise ValueError("must be above 0")


def mse(pred, y):
    return float((_e(pred, y) ** 2).mean())


def mse_grad(pred, y):
    e = _e(pred, y)
    return e * 2 / e.size


def mae(pred, y):
    return float(abs(_e(pred, y)).mean())


def mae_grad(pred, y):
    e = _e(pred, y)
    return np.sign(e) / e.size


def huber(pred, y, delta=1.0):
    _above_zero(delta)
    e = abs(_e(pred, y))
    near = np.minimum(e, delta)
    return float((near * (e - near / 2)).mean())


def huber_grad(pred, y, delta=1.0):
    _above_zero(delta)
    e = _e(pred, y)
    return np.clip(e, -delta, delta) / e.size


def smooth_l1(pred, y, beta=1.0):
    return huber(pred, y, delta=beta)


def smooth_l1_grad(pred, y, beta=1.0):
    return huber_grad(pred, y, delta=beta)
