"""Wrong: the result has the dtype of x, so slopes of whole numbers are cut to whole ones."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x)
    grad = np.zeros_like(x)
    point = x.astype(np.float64)
    for i in np.ndindex(x.shape):
        ahead = point.copy()
        ahead[i] += h
        behind = point.copy()
        behind[i] -= h
        grad[i] = (f(ahead) - f(behind)) / (2 * h)
    return grad


def relative_error(a, b, floor=1e-8):
    a = np.asarray(a, dtype=np.float64)
    b = np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError("different shapes")
    if a.size == 0:
        return 0.0
    if np.isnan(a).any() or np.isnan(b).any() or np.isinf(a).any() or np.isinf(b).any():
        return float("nan")
    return float((np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))).max())
