"""Python's math for each number, with erfc."""

import math

import numpy as np


def _each(function, x):
    x = np.asarray(x)
    dtype = x.dtype if x.dtype.kind == "f" else np.dtype(float)
    return np.array([function(float(v)) for v in x.flat], dtype).reshape(x.shape)


def _gate(v):
    return 0.5 * (1 + math.tanh(v / 2))


def _phi(v):
    return 0.5 * math.erfc(-v * math.sqrt(0.5))


def swish(x, beta=1.0):
    return _each(lambda v: v * _gate(beta * v), x)


def swish_grad(x, beta=1.0):
    return _each(lambda v: _gate(beta * v) + beta * v * _gate(beta * v) * _gate(-beta * v), x)


def swish_grad_beta(x, beta=1.0):
    return _each(lambda v: v * v * _gate(beta * v) * _gate(-beta * v), x)


def gelu(x, approximate="none"):
    match approximate:
        case "none":
            return _each(lambda v: v * _phi(v), x)
        case "tanh":
            root = math.sqrt(2 / math.pi)
            return _each(lambda v: v / 2 * (1 + math.tanh(root * (v + 0.044715 * v**3))), x)
        case "sigmoid":
            return swish(x, 1.702)
        case _:
            raise ValueError(f"unknown version {approximate}")


def gelu_grad(x):
    root = math.sqrt(2 * math.pi)
    return _each(lambda v: _phi(v) + v * math.exp(-v * v / 2) / root, x)
