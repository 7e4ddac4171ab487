"""Right: everything through one gate array."""

import numpy as np


def _f(a):
    a = np.asarray(a)
    return a if a.dtype in (np.float32, np.float64) else a.astype(np.float64)


def _gate(x, s):
    return np.where(x > 0, x.dtype.type(1), s).astype(x.dtype)


def leaky_relu(x, gamma=0.01):
    x = _f(x)
    return x * _gate(x, gamma)


def leaky_relu_grad(x, gamma=0.01):
    return _gate(_f(x), gamma)


def _validate(x, alpha):
    if x.ndim != 2:
        raise ValueError("x must be 2-D")
    a = np.asarray(alpha)
    if a.ndim > 0 and a.shape != (x.shape[1],):
        raise ValueError("alpha must have one entry per column")


def prelu(x, alpha):
    x = _f(x)
    _validate(x, alpha)
    return x * _gate(x, alpha)


def prelu_backward(dout, x, alpha):
    x, dout = _f(x), _f(dout)
    _validate(x, alpha)
    if x.shape != dout.shape:
        raise ValueError("dout must look like x")
    dx = dout * _gate(x, alpha)
    contribution = np.where(x > 0, 0, x * dout).astype(x.dtype)
    if np.asarray(alpha).ndim == 0:
        return dx, np.sum(contribution)
    return dx, np.sum(contribution, axis=0)
