"""Each form of sigmoid only where it is safe, by boolean masks."""

import math

import numpy as np


def sigmoid(x):
    x = _array(x)
    out = np.empty_like(x)
    right = x >= 0
    out[right] = 1 / (1 + np.exp(-x[right]))
    e = np.exp(x[~right])
    out[~right] = e / (1 + e)
    return out


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)


def tanh(x):
    x = _array(x)
    return np.sign(x) * (1 - 2 * sigmoid(-2 * abs(x)))


def tanh_grad(x):
    return 1 - np.square(tanh(x))


def relu(x):
    out = np.array(_array(x))
    out[out < 0] = 0
    return out


def relu_grad(x):
    x = _array(x)
    out = np.zeros_like(x)
    out[x > 0] = 1
    return out


def saturation(f_grad, tol=1e-3, at=50.0):
    flat = [math.fabs(f_grad(np.array(side * at))) < tol for side in (-1.0, 1.0)]
    return {(1, 1): "both", (1, 0): "left", (0, 1): "right", (0, 0): "none"}[tuple(flat)]


def _array(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)
