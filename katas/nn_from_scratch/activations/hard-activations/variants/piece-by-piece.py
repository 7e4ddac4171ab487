"""Three pieces for each function, each written where it holds."""

import numpy as np


def hard_sigmoid(x, slope=0.25):
    x = _array(x)
    out = np.zeros_like(x)
    middle = np.abs(x) <= 0.5 / slope
    out[middle] = 0.5 + slope * x[middle]
    out[x > 0.5 / slope] = 1
    return out


def hard_sigmoid_grad(x, slope=0.25):
    x = _array(x)
    return np.select([x < -0.5 / slope, x > 0.5 / slope], [0 * x, 0 * x], slope * np.ones_like(x))


def hard_tanh(x):
    x = _array(x)
    return np.where(x > 1, np.ones_like(x), np.where(x < -1, -np.ones_like(x), x))


def hard_tanh_grad(x):
    x = _array(x)
    return np.ones_like(x) * (hard_tanh(x) == x)


def _array(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)
