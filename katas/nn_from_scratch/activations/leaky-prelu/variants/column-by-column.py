"""leaky_relu does the work; prelu calls it for each neuron with its slope."""

import numpy as np


def leaky_relu(x, gamma=0.01):
    x = _array(x)
    return x * leaky_relu_grad(x, gamma)


def leaky_relu_grad(x, gamma=0.01):
    x = _array(x)
    return np.where(x > 0, np.ones_like(x), np.full_like(x, gamma))


def prelu(x, alpha):
    x, slopes = _checked(x, alpha)
    out = np.empty_like(x)
    for j, slope in enumerate(slopes):
        out[:, j] = leaky_relu(x[:, j], slope)
    return out


def prelu_backward(dout, x, alpha):
    x, slopes = _checked(x, alpha)
    dout = _array(dout)
    if dout.shape != x.shape:
        raise ValueError("dout and x have different shapes")
    dx, dalpha = np.empty_like(x), np.empty_like(slopes)
    for j, slope in enumerate(slopes):
        dx[:, j] = dout[:, j] * leaky_relu_grad(x[:, j], slope)
        left = x[:, j] < 0
        dalpha[j] = dout[left, j] @ x[left, j]
    return dx, dalpha if np.ndim(alpha) else np.array(dalpha.sum())


def _checked(x, alpha):
    x = _array(x)
    if x.ndim != 2:
        raise ValueError("x needs two axes")
    slopes = np.asarray(alpha, x.dtype)
    if slopes.ndim == 0:
        slopes = np.full(x.shape[1], slopes)
    if slopes.shape != x.shape[1:]:
        raise ValueError("one slope per column is needed")
    return x, slopes


def _array(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)
