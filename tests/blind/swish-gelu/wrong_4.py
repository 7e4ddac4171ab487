"""Wrong: no dtype for the distribution function, and unknown words mean the sigmoid version."""
import math

import numpy as np

from .logistic import sigmoid

_erf = np.vectorize(math.erf, otypes=[float])


def _prep(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def _cdf(x):
    return 0.5 * (1 + _erf(x / math.sqrt(2)))


def swish(x, beta=1.0):
    x = _prep(x)
    return x * sigmoid(beta * x)


def swish_grad(x, beta=1.0):
    x = _prep(x)
    s = sigmoid(beta * x)
    return s + beta * x * s * (1 - s)


def swish_grad_beta(x, beta=1.0):
    x = _prep(x)
    s = sigmoid(beta * x)
    return x**2 * s * (1 - s)


def gelu(x, approximate="none"):
    x = _prep(x)
    if approximate == "none":
        return x * _cdf(x)
    if approximate == "tanh":
        return x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    return swish(x, 1.702)


def gelu_grad(x):
    x = _prep(x)
    return _cdf(x) + x * np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
