"""Arrays without elements give nan or an empty gradient, without an error.

The mean of no numbers is undefined, and nan appears much later as a weight. Raise a ValueError.
"""

base = "variants/separate"


def _errors(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.shape != y.shape:
        raise ValueError("pred and y need one shape")
    dtype = pred.dtype if pred.dtype.kind == "f" else float
    return pred.astype(dtype) - y.astype(dtype)


def mse(pred, y):
    e = _errors(pred, y)
    return float((e**2).mean()) if e.size else float("nan")
