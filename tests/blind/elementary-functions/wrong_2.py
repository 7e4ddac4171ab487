"""Wrong: the slope of relu is a Heaviside step of height one half at 0, where it has to be 0."""

import math

import numpy as np

from .value import Value


def exp(x: Value) -> Value:
    result = math.exp(x.data)
    return Value(result, (x,), "exp", (result,))


def log(x: Value) -> Value:
    if x.data <= 0:
        raise ValueError("log is defined for positive numbers only")
    return Value(math.log(x.data), (x,), "log", (1 / x.data,))


def relu(x: Value) -> Value:
    slope = float(np.heaviside(x.data, 0.5))
    return Value(max(0.0, x.data), (x,), "relu", (slope,))


def sigmoid(x: Value) -> Value:
    if x.data >= 0:
        s = 1 / (1 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1 + e)
    return Value(s, (x,), "sigmoid", (s * (1 - s),))
