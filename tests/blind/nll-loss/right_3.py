"""Right: a 2 by 2 system, and one class that keeps the checked data."""

import numpy as np


class _Data:
    def __init__(self, pred, y, var):
        pred, y, var = np.asarray(pred), np.asarray(y), np.asarray(var)
        self.dtype = pred.dtype if pred.dtype.kind == "f" else np.dtype("f8")
        if pred.ndim != 1 or y.ndim != 1 or len(pred) != len(y):
            raise ValueError("pred and y are (N,)")
        if len(pred) == 0:
            raise ValueError("N is 0")
        if var.ndim > 1 or (var.ndim == 1 and len(var) != len(y)):
            raise ValueError("var is a number or (N,)")
        if not np.all(var > 0):
            raise ValueError("var is above 0")
        self.pred, self.y = pred.astype("f8"), y.astype("f8")
        self.precision = np.ones(len(y)) / var
        self.n = len(y)


def nll_loss(logp, y):
    logp, y = np.asarray(logp), np.asarray(y)
    if logp.ndim != 2 or y.ndim != 1 or len(y) != len(logp) or len(y) == 0:
        raise ValueError("(N, C) and (N,)")
    if y.dtype.kind not in "ui":
        raise ValueError("integers only")
    if ((y < 0) | (y >= logp.shape[1])).any() or (logp > 0).any():
        raise ValueError("out of range")
    return -float(np.take_along_axis(logp, y[:, None], axis=1).sum()) / len(y)


def gaussian_nll(pred, y, var):
    d = _Data(pred, y, var)
    squares = d.precision * (d.pred - d.y) ** 2
    return float((squares - np.log(d.precision / (2 * np.pi))).sum() / (2 * d.n))


def gaussian_nll_grad(pred, y, var):
    d = _Data(pred, y, var)
    return (d.precision * (d.pred - d.y) / d.n).astype(d.dtype)


def fit_line(x, y, var=1.0):
    d = _Data(x, y, var)
    if (d.pred == d.pred[0]).all():
        raise ValueError("one x only")
    A = np.vstack([d.pred, np.ones(d.n)])
    a, b = np.linalg.solve((A * d.precision) @ A.T, (A * d.precision) @ d.y)
    return float(a), float(b)
