"""Right: list comprehensions; the sigmoid is a local one."""

import math

import numpy as np


def _map(f, x):
    x = np.asarray(x)
    t = x.dtype if x.dtype.kind == "f" else float
    return np.array([f(float(v)) for v in x.reshape(-1)], dtype=t).reshape(x.shape)


def _s(v):
    return 1 / (1 + math.exp(-v)) if v > -700 else 0.0


def swish(x, beta=1.0):
    return _map(lambda v: v * _s(beta * v), x)


def swish_grad(x, beta=1.0):
    def one(v):
        s = _s(beta * v)
        return s * (1 + beta * v * (1 - s))

    return _map(one, x)


def swish_grad_beta(x, beta=1.0):
    def one(v):
        s = _s(beta * v)
        return v * v * s * (1 - s)

    return _map(one, x)


def gelu(x, approximate="none"):
    if approximate == "none":
        return _map(lambda v: v * 0.5 * (1 + math.erf(v / math.sqrt(2))), x)
    if approximate == "sigmoid":
        return swish(x, beta=1.702)
    if approximate != "tanh":
        raise ValueError(approximate)
    c = math.sqrt(2 / math.pi)
    return _map(lambda v: 0.5 * v * (1 + math.tanh(c * (v + 0.044715 * v * v * v))), x)


def gelu_grad(x):
    return _map(
        lambda v: 0.5 * (1 + math.erf(v / math.sqrt(2)))
        + v * math.exp(-0.5 * v * v) / math.sqrt(2 * math.pi),
        x,
    )
