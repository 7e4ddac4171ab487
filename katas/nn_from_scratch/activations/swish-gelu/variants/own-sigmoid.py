"""erf by a loop over the numbers, and the gates written out."""

import math

import numpy as np

from .logistic import sigmoid


def swish(x, beta=1.0):
    x = _array(x)
    return x * sigmoid(x * beta)


def swish_grad(x, beta=1.0):
    x = _array(x)
    s = sigmoid(beta * x)
    y = x * s
    return beta * y + s * (1 - beta * y)


def swish_grad_beta(x, beta=1.0):
    x = _array(x)
    y = swish(x, beta)
    return y * (x - y)


def gelu(x, approximate="none"):
    x = _array(x)
    if approximate not in ("none", "tanh", "sigmoid"):
        raise ValueError(approximate)
    if approximate == "sigmoid":
        return x * sigmoid(1.702 * x)
    if approximate == "tanh":
        return x * sigmoid(2 * math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x))
    return x * _phi(x)


def gelu_grad(x):
    x = _array(x)
    return _phi(x) + x * np.exp(-np.square(x) / 2) * (1 / math.sqrt(2 * math.pi))


def _phi(x):
    out = np.empty_like(x)
    for index, value in np.ndenumerate(x):
        out[index] = (1 + math.erf(value / math.sqrt(2))) / 2
    return out


def _array(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)
