"""The positive part plus the slope times the negative part."""

import numpy as np


def leaky_relu(x, gamma=0.01):
    x = _array(x)
    return np.maximum(x, 0) + gamma * np.minimum(x, 0)


def leaky_relu_grad(x, gamma=0.01):
    x = _array(x)
    positive = (x > 0).astype(x.dtype)
    return positive + gamma * (1 - positive)


def prelu(x, alpha):
    x, alpha = _checked(x, alpha)
    return np.maximum(x, 0) + alpha * np.minimum(x, 0)


def prelu_backward(dout, x, alpha):
    x, alpha = _checked(x, alpha)
    dout = _array(dout)
    if dout.shape != x.shape:
        raise ValueError("dout and x have different shapes")
    positive = (x > 0).astype(x.dtype)
    each = np.einsum("nd,nd->d", dout, np.minimum(x, 0))
    return dout * (positive + alpha * (1 - positive)), each if np.ndim(alpha) else float(each.sum())


def _checked(x, alpha):
    x = _array(x)
    if x.ndim != 2:
        raise ValueError("x needs two axes")
    if np.ndim(alpha) == 0:
        return x, float(alpha)
    alpha = _array(alpha)
    if alpha.shape != (x.shape[1],):
        raise ValueError("alpha has the wrong number of neurons")
    return x, alpha


def _array(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)
