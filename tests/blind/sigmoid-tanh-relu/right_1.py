"""Right: errstate around the branches that np.where throws away."""

import numpy as np


def _prep(x):
    arr = np.asarray(x)
    if arr.dtype not in (np.float32, np.float64):
        arr = arr.astype(np.float64)
    return arr


def sigmoid(x):
    arr = _prep(x)
    with np.errstate(over="ignore", invalid="ignore"):
        pos = 1 / (1 + np.exp(-arr))
        ex = np.exp(arr)
        neg = ex / (1 + ex)
    return np.where(arr >= 0, pos, neg)


def sigmoid_grad(x):
    out = sigmoid(x)
    return out * (1 - out)


def tanh(x):
    return np.tanh(_prep(x))


def tanh_grad(x):
    out = tanh(x)
    return 1 - out * out


def relu(x):
    arr = _prep(x)
    return np.maximum(arr, np.zeros_like(arr))


def relu_grad(x):
    arr = _prep(x)
    return np.where(arr > 0, 1, 0).astype(arr.dtype)


def saturation(f_grad, tol=1e-3, at=50.0):
    l = np.abs(f_grad(np.array([-at])))[0] < tol
    r = np.abs(f_grad(np.array([at])))[0] < tol
    if l and r:
        return "both"
    elif l:
        return "left"
    elif r:
        return "right"
    else:
        return "none"
