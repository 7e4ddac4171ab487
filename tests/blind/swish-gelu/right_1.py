"""Right: np.frompyfunc for erf, everything else by hand."""

import math

import numpy as np

from .logistic import sigmoid

_erf = np.frompyfunc(math.erf, 1, 1)


def _prep(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def swish(x, beta=1.0):
    x = _prep(x)
    return np.multiply(x, sigmoid(beta * x))


def swish_grad(x, beta=1.0):
    x = _prep(x)
    g = sigmoid(beta * x)
    return g + beta * x * g * (1 - g)


def swish_grad_beta(x, beta=1.0):
    x = _prep(x)
    g = sigmoid(beta * x)
    return x * x * g * (1 - g)


def _cdf(x):
    return np.asarray(0.5 + 0.5 * _erf(x / math.sqrt(2))).astype(x.dtype)


def gelu(x, approximate="none"):
    x = _prep(x)
    if approximate == "none":
        return x * _cdf(x)
    elif approximate == "tanh":
        return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    elif approximate == "sigmoid":
        return x * sigmoid(1.702 * x)
    else:
        raise ValueError("unknown approximate: " + str(approximate))


def gelu_grad(x):
    x = _prep(x)
    pdf = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return (_cdf(x) + x * pdf).astype(x.dtype)
