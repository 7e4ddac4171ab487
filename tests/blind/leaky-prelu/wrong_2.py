"""Wrong: dalpha is not summed."""
import numpy as np


def _f(a):
    a = np.asarray(a)
    return a if a.dtype.kind == "f" else a.astype(float)


def leaky_relu(x, gamma=0.01):
    x = _f(x)
    return np.where(x > 0, x, gamma * x)


def leaky_relu_grad(x, gamma=0.01):
    x = _f(x)
    return np.where(x > 0, 1, gamma).astype(x.dtype)


def _check(x, alpha):
    x = _f(x)
    if x.ndim != 2:
        raise ValueError("x")
    a = np.asarray(alpha, x.dtype)
    if a.ndim and a.shape != (x.shape[1],):
        raise ValueError("alpha")
    return x, a


def prelu(x, alpha):
    x, a = _check(x, alpha)
    return np.where(x > 0, x, a * x)


def prelu_backward(dout, x, alpha):
    x, a = _check(x, alpha)
    dout = _f(dout)
    if dout.shape != x.shape:
        raise ValueError("dout")
    dx = np.where(x > 0, dout, a * dout)
    dalpha = dout * np.minimum(0, x)
    return dx, dalpha
