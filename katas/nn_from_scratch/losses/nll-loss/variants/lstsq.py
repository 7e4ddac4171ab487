"""The line comes from lstsq on rows that are divided by sigma; labels are an index."""

import numpy as np


def nll_loss(logp, y):
    logp, y = _rows(logp, y)
    return float(-logp[np.arange(len(y)), y].mean())


def gaussian_nll(pred, y, var):
    e, var = _errors(pred, y, var)
    return float(np.mean(e * e / var + np.log(2 * np.pi * var)) / 2)


def gaussian_nll_grad(pred, y, var):
    e, var = _errors(pred, y, var)
    return e / var / len(e)


def fit_line(x, y, var=1.0):
    x, y, var = _points(x, y, var)
    return _line(x, y, 1 / np.sqrt(var))


def _line(x, y, scale):
    rows = np.stack((x, np.ones(len(x))), axis=1) * scale[:, None]
    a, b = np.linalg.lstsq(rows, y * scale, rcond=None)[0]
    return float(a), float(b)


def _points(x, y, var):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    _, var = _errors(x, y, var)
    if x.min() == x.max():
        raise ValueError("two different x are needed")
    return x, y, var


def _rows(logp, y):
    logp, y = np.asarray(logp), np.asarray(y)
    if logp.ndim != 2 or y.shape != logp.shape[:1] or len(y) == 0:
        raise ValueError("logp and y do not match")
    if (logp > 0).any():
        raise ValueError("these are not logarithms of probabilities")
    if y.dtype.kind not in "iu" or y.min() < 0 or y.max() >= logp.shape[1]:
        raise ValueError("labels are integers from 0 to C - 1")
    return logp, y


def _errors(pred, y, var):
    pred, y, var = np.asarray(pred), np.asarray(y), np.asarray(var)
    if pred.ndim != 1 or y.shape != pred.shape or pred.size == 0:
        raise ValueError("two arrays (N,) are needed")
    if var.shape not in ((), pred.shape):
        raise ValueError("var is a number or (N,)")
    if (var <= 0).any():
        raise ValueError("var is above 0")
    kind = pred.dtype if pred.dtype.kind == "f" else float
    return pred.astype(kind) - y.astype(kind), np.broadcast_to(var.astype(kind), pred.shape)
