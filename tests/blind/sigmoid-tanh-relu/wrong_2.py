"""Wrong: relu_grad is 1 at 0, and relu multiplies with a mask."""
import numpy as np


def _f(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


def sigmoid(x):
    x = _f(x)
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1) / (1 + e)


def sigmoid_grad(x):
    s = sigmoid(x)
    return s - s**2


def tanh(x):
    return np.tanh(_f(x))


def tanh_grad(x):
    return 1 - np.tanh(_f(x)) ** 2


def relu(x):
    a = _f(x)
    return a * (a > 0)


def relu_grad(x):
    x = _f(x)
    return np.where(x < 0, 0.0, 1.0).astype(x.dtype)


def saturation(f_grad, tol=1e-3, at=50.0):
    left, right = abs(f_grad(-at)) < tol, abs(f_grad(at)) < tol
    if left and right:
        return "both"
    return "left" if left else "right" if right else "none"
