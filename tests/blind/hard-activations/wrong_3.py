"""Wrong: minimum and maximum are mixed up in hard_sigmoid."""
import numpy as np


def _f(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


def hard_sigmoid(x, slope=0.25):
    return np.minimum(0, np.maximum(1, _f(x) * slope + 0.5))


def hard_sigmoid_grad(x, slope=0.25):
    x = _f(x)
    return np.where((x > -0.5 / slope) & (x < 0.5 / slope), slope, 0.0).astype(x.dtype)


def hard_tanh(x):
    return np.maximum(-1, np.minimum(1, _f(x)))


def hard_tanh_grad(x):
    x = _f(x)
    return np.where((x > -1) & (x < 1), 1.0, 0.0).astype(x.dtype)
