"""Right: loops over samples and neurons."""

import numpy as np


def _float_array(v):
    v = np.array(v)
    if v.dtype.kind != "f":
        v = v.astype(float)
    return v


def leaky_relu(x, gamma=0.01):
    x = _float_array(x)
    flat = x.reshape(-1)
    for i in range(flat.size):
        if flat[i] <= 0:
            flat[i] = flat[i] * gamma
    return flat.reshape(x.shape)


def leaky_relu_grad(x, gamma=0.01):
    x = _float_array(x)
    flat = x.reshape(-1)
    for i in range(flat.size):
        flat[i] = gamma if flat[i] <= 0 else 1
    return flat.reshape(x.shape)


def prelu(x, alpha):
    x = _float_array(x)
    if x.ndim != 2:
        raise ValueError
    N, D = x.shape
    if np.ndim(alpha) == 0:
        alpha = [alpha] * D
    elif np.shape(alpha) != (D,):
        raise ValueError
    for n in range(N):
        for d in range(D):
            if x[n, d] < 0:
                x[n, d] = x[n, d] * alpha[d]
    return x


def prelu_backward(dout, x, alpha):
    x = _float_array(x)
    dout = _float_array(dout)
    if x.ndim != 2 or x.shape != dout.shape:
        raise ValueError
    N, D = x.shape
    shared = np.ndim(alpha) == 0
    if not shared and np.shape(alpha) != (D,):
        raise ValueError
    dalpha = np.zeros(D, x.dtype)
    for n in range(N):
        for d in range(D):
            if x[n, d] <= 0:
                dalpha[d] += dout[n, d] * x[n, d]
                dout[n, d] *= alpha if shared else alpha[d]
    if shared:
        return dout, float(dalpha.sum())
    return dout, dalpha
