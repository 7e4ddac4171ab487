"""The rules of the table, with the math module."""

import math

from .value import Value


def exp(x: Value) -> Value:
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x: Value) -> Value:
    if x.data <= 0:
        raise ValueError(f"log of {x.data}: only positive numbers have a logarithm")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x: Value) -> Value:
    if x.data > 0:
        return Value(x.data, (x,), "relu", (1.0,))
    return Value(0.0, (x,), "relu", (0.0,))


def sigmoid(x: Value) -> Value:
    if x.data >= 0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
