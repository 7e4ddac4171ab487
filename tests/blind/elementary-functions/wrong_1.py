"""Wrong: log refuses negative numbers but lets 0 through as -inf."""

import math

import numpy as np

from .value import Value


def exp(x: Value) -> Value:
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x: Value) -> Value:
    if x.data < 0:
        raise ValueError("log of a negative number")
    with np.errstate(divide="ignore"):
        y = float(np.log(x.data))
        slope = float(np.float64(1.0) / x.data)
    return Value(y, (x,), "log", (slope,))


def relu(x: Value) -> Value:
    return Value(max(x.data, 0.0), (x,), "relu", (1.0 if x.data > 0 else 0.0,))


def sigmoid(x: Value) -> Value:
    e = math.exp(-abs(x.data))
    s = (1.0 if x.data >= 0 else e) / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1 - s),))
