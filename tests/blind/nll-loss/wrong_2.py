"""Wrong: log(2 pi sigma) / 2 in the loss, and no 1/N in the gradient."""

import numpy as np

from .cross_entropy import one_hot


def nll_loss(logp, y):
    logp = np.asarray(logp)
    if logp.ndim != 2:
        raise ValueError("two axes, please")
    chosen = one_hot(y, logp.shape[1]) > 0
    if chosen.shape != logp.shape or chosen.size == 0:
        raise ValueError("one label per row")
    if logp.max() > 0:
        raise ValueError("logarithms of probabilities are at most 0")
    return -logp[chosen].mean()


def _numbers(*arrays):
    arrays = [np.asarray(a) for a in arrays]
    kind = arrays[0].dtype if arrays[0].dtype.kind == "f" else np.dtype(np.float64)
    p, t, v = (a.astype(kind) for a in arrays)
    if p.ndim != 1 or t.shape != p.shape or not len(p) or v.shape not in [(), p.shape]:
        raise ValueError(f"shapes {p.shape}, {t.shape}, {v.shape}")
    if v.min() <= 0:
        raise ValueError("variances are above 0")
    return p, t, v


def gaussian_nll(pred, y, var):
    p, t, v = _numbers(pred, y, var)
    half = 0.5 * (np.square(p - t) / v)
    return (half + 0.5 * np.log(np.sqrt(v))).mean() + 0.5 * np.log(2 * np.pi)


def gaussian_nll_grad(pred, y, var):
    p, t, v = _numbers(pred, y, var)
    return (p - t) / v


def fit_line(x, y, var=1.0):
    x, y, v = _numbers(np.asarray(x, dtype=float), y, var)
    if len(np.unique(x)) == 1:
        raise ValueError("the line is not determined")
    a, b = np.polyfit(x, y, 1, w=np.broadcast_to(v, x.shape) ** -0.5)
    return a, b
