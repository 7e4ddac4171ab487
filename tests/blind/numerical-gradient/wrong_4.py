"""Wrong: relative_error adds the floor to the denominator, where it should be a lower bound."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=np.float64)

    def moved(index, step):
        y = x.copy()
        y[index] += step
        return y

    values = [(f(moved(i, h)) - f(moved(i, -h))) / (2 * h) for i in np.ndindex(x.shape)]
    return np.array(values, dtype=np.float64).reshape(x.shape)


def relative_error(a, b, floor=1e-8):
    a = np.asarray(a, dtype=np.float64)
    b = np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError("different shapes")
    if not a.size:
        return 0.0
    if not np.all(np.isfinite(a)) or not np.all(np.isfinite(b)):
        return float("nan")
    return float(np.max(np.abs(a - b) / (np.abs(a) + np.abs(b) + floor)))
