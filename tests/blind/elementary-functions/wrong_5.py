"""Wrong: the slope of sigmoid is written with the input, x (1 - x)."""

import math

from .value import Value


def exp(x: Value) -> Value:
    return Value(math.exp(x.data), (x,), "exp", (math.exp(x.data),))


def log(x: Value) -> Value:
    if x.data <= 0.0:
        raise ValueError("not in the domain of log")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x: Value) -> Value:
    return Value(max(0.0, x.data), (x,), "relu", (float(x.data > 0),))


def sigmoid(x: Value) -> Value:
    v = x.data
    e = math.exp(-abs(v))
    s = 1.0 / (1.0 + e) if v >= 0 else e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (v * (1.0 - v),))
