"""Python's math for each number; an if chooses the form of sigmoid."""

import math

import numpy as np


def _each(function, x):
    x = np.asarray(x)
    dtype = x.dtype if x.dtype.kind == "f" else np.dtype(float)
    return np.array([function(float(v)) for v in x.ravel()], dtype).reshape(x.shape)


def _sigmoid(v):
    if v > 0:
        return 1 / (1 + math.exp(-v))
    e = math.exp(v)
    return e / (1 + e)


def sigmoid(x):
    return _each(_sigmoid, x)


def sigmoid_grad(x):
    return _each(lambda v: _sigmoid(v) * _sigmoid(-v), x)


def tanh(x):
    return _each(math.tanh, x)


def tanh_grad(x):
    return _each(lambda v: (1 - math.tanh(v)) * (1 + math.tanh(v)), x)


def relu(x):
    return _each(lambda v: 0.0 if v <= 0 else v, x)


def relu_grad(x):
    return _each(lambda v: 1.0 if v > 0 else 0.0, x)


def saturation(f_grad, tol=1e-3, at=50.0):
    sides = [name for name, x in (("left", -at), ("right", at)) if abs(f_grad(x)) < tol]
    return "both" if len(sides) == 2 else (sides or ["none"])[0]
