"""A float32 array is measured in float32.

Whole numbers are made float64, but an array of float32 is left as it is. With its seven digits the
square at 1 gets the slope 2.0027 instead of 2. Most functions of a network keep the precision they
are given; this one is the judge of the others and always works in float64.
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x)
    if point.dtype.kind != "f":
        point = point.astype(np.float64)
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
