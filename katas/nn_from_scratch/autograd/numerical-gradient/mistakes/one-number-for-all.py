"""The result is a single number for the whole of x.

x + h adds the step to every coordinate at once, so this is one derivative along the diagonal, the
sum of all those that were asked for. A gradient has one entry per number in x: move one
coordinate at a time.
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    return (f(point + h) - f(point - h)) / (2 * h)


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
