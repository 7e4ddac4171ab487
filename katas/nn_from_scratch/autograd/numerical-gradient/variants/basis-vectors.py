"""Each coordinate's step is one row of the identity matrix."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=np.float64)
    steps = h * np.eye(x.size)
    slopes = [
        (f(x + step.reshape(x.shape)) - f(x - step.reshape(x.shape))) / (2 * h) for step in steps
    ]
    return np.array(slopes, dtype=np.float64).reshape(x.shape)


def relative_error(a, b, floor=1e-8):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if np.shape(a) != np.shape(b):
        raise ValueError("shapes differ")
    with np.errstate(invalid="ignore"):
        error = np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), floor)
    return np.max(error, initial=0.0)
