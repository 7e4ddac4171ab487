"""Right: np.piecewise for all, gradients from the value that is strictly inside."""

import numpy as np


def to_float(x):
    x = np.asarray(x)
    if np.issubdtype(x.dtype, np.floating):
        return x.copy()
    return x.astype("float64")


def hard_sigmoid(x, slope=0.25):
    z = to_float(x) * slope + 0.5
    return np.piecewise(z, [z < 0, z > 1], [0, 1, lambda v: v])


def hard_sigmoid_grad(x, slope=0.25):
    y = hard_sigmoid(x, slope)
    return np.piecewise(y, [(y > 0) & (y < 1)], [slope, 0])


def hard_tanh(x):
    z = to_float(x)
    return np.piecewise(z, [z < -1, z > 1], [-1, 1, lambda v: v])


def hard_tanh_grad(x):
    y = hard_tanh(x)
    return np.piecewise(y, [np.abs(y) < 1], [1, 0])
