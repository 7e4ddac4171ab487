"""sigmoid as the exponential of its own logarithm."""

import numpy as np


def sigmoid(x):
    x = _array(x)
    return np.exp(-np.logaddexp(np.zeros_like(x), -x))


def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-_array(x))


def tanh(x):
    return np.tanh(_array(x))


def tanh_grad(x):
    # 1 / cosh² in a form that does not overflow.
    return 4 * sigmoid_grad(2 * _array(x))


def relu(x):
    return _array(x).clip(min=0)


def relu_grad(x):
    x = _array(x)
    return np.where(x > 0, np.ones_like(x), np.zeros_like(x))


def saturation(f_grad, tol=1e-3, at=50.0):
    left, right = np.abs(f_grad(np.array([-at, at]))) < tol
    if left:
        return "both" if right else "left"
    return "right" if right else "none"


def _array(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)
