"""Python lists and floats; numpy only for input and output."""

import math

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    shape = np.shape(x)
    numbers = [float(v) for v in np.ravel(x)]

    def at(index, moved):
        point = [moved if i == index else v for i, v in enumerate(numbers)]
        return f(np.array(point, dtype=np.float64).reshape(shape))

    slopes = [(at(i, v + h) - at(i, v - h)) / (2 * h) for i, v in enumerate(numbers)]
    return np.array(slopes, dtype=np.float64).reshape(shape)


def relative_error(a, b, floor=1e-8):
    if np.shape(a) != np.shape(b):
        raise ValueError("the shapes differ")
    worst = 0.0
    for x, y in zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True):
        if not (math.isfinite(x) and math.isfinite(y)):
            return math.nan
        worst = max(worst, abs(x - y) / max(floor, abs(x) + abs(y)))
    return worst
