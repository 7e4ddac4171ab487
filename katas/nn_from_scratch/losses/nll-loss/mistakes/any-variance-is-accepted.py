"""Variances of 0 and below are accepted.

For 0 the loss is inf or nan, and for -1 the logarithm is nan. No noise has such a variance. Raise a
ValueError.
"""

base = "variants/lstsq"


def _errors(pred, y, var):
    pred, y, var = np.asarray(pred), np.asarray(y), np.asarray(var)
    if pred.ndim != 1 or y.shape != pred.shape or pred.size == 0:
        raise ValueError("two arrays (N,) are needed")
    if var.shape not in ((), pred.shape):
        raise ValueError("var is a number or (N,)")
    kind = pred.dtype if pred.dtype.kind == "f" else float
    return pred.astype(kind) - y.astype(kind), np.broadcast_to(var.astype(kind), pred.shape)


def gaussian_nll(pred, y, var):
    e, var = _errors(pred, y, var)
    with np.errstate(all="ignore"):
        return float(np.mean(e * e / var + np.log(2 * np.pi * var)) / 2)
