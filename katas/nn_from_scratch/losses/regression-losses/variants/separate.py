"""Each function has a formula of its own, with np.where."""

import numpy as np


def mse(pred, y):
    e = _errors(pred, y)
    return float((e**2).mean())


def mse_grad(pred, y):
    e = _errors(pred, y)
    return 2 * e / e.size


def mae(pred, y):
    return float(np.abs(_errors(pred, y)).mean())


def mae_grad(pred, y):
    e = _errors(pred, y)
    return np.sign(e) / e.size


def huber(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    with np.errstate(over="ignore"):
        costs = np.where(abs(e) <= delta, e * e / 2, delta * (abs(e) - delta / 2))
    return float(costs.mean())


def huber_grad(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    return np.where(abs(e) <= delta, e, delta * np.sign(e)) / e.size


def smooth_l1(pred, y, beta=1.0):
    e = _errors(pred, y)
    _test(beta)
    with np.errstate(over="ignore"):
        costs = np.where(abs(e) <= beta, e * e / (2 * beta), abs(e) - beta / 2)
    return float(costs.mean())


def smooth_l1_grad(pred, y, beta=1.0):
    e = _errors(pred, y)
    _test(beta)
    return np.where(abs(e) <= beta, e / beta, np.sign(e)) / e.size


def _errors(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.shape != y.shape:
        raise ValueError("pred and y need one shape")
    if pred.size == 0:
        raise ValueError("there are no elements")
    dtype = pred.dtype if pred.dtype.kind == "f" else float
    return pred.astype(dtype) - y.astype(dtype)


def _test(limit):
    if limit <= 0:
        raise ValueError("delta and beta need to be above 0")
