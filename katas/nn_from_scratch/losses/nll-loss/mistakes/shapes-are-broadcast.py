"""The shapes of pred, y and var are not compared.

For (N, 1) and (N,) numpy makes an (N, N) array of all differences, and its mean looks like a loss. Test
that pred and y are (N,), and that var is a number or (N,).
"""

base = "variants/lstsq"


def _errors(pred, y, var):
    pred, y, var = np.asarray(pred), np.asarray(y), np.asarray(var)
    if pred.size == 0:
        raise ValueError("there are no samples")
    if (var <= 0).any():
        raise ValueError("var is above 0")
    kind = pred.dtype if pred.dtype.kind == "f" else float
    e = pred.astype(kind) - y.astype(kind)
    return e, np.zeros_like(e) + var.astype(kind)
