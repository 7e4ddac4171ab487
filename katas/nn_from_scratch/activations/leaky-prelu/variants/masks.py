"""Copies that are changed where a mask says so."""

import numpy as np


def leaky_relu(x, gamma=0.01):
    out = _copy(x)
    out[out <= 0] *= gamma
    return out


def leaky_relu_grad(x, gamma=0.01):
    x = _copy(x)
    out = np.ones_like(x)
    out[x <= 0] = gamma
    return out


def prelu(x, alpha):
    out, slopes = _checked(x, alpha)
    left = out <= 0
    out[left] *= slopes[left]
    return out


def prelu_backward(dout, x, alpha):
    x, slopes = _checked(x, alpha)
    dx = _copy(dout)
    if dx.shape != x.shape:
        raise ValueError("dout and x have different shapes")
    left = x <= 0
    each = np.where(left, dx * x, np.zeros_like(x))
    dx[left] *= slopes[left]
    return dx, each.sum(0) if np.ndim(alpha) else each.sum()


def _checked(x, alpha):
    x = _copy(x)
    if x.ndim != 2 or np.shape(alpha) not in ((), (x.shape[-1],)):
        raise ValueError("x must be (N, D), alpha (D,) or one number")
    return x, np.broadcast_to(np.asarray(alpha, x.dtype), x.shape)


def _copy(x):
    x = np.array(x)
    return x if x.dtype.kind == "f" else x.astype(float)
