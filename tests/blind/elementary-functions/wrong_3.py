"""Wrong: relu gives back x itself or a bare 0, never a new node with the parent x."""

import math

from .value import Value


def exp(x: Value) -> Value:
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x: Value) -> Value:
    if x.data <= 0:
        raise ValueError("log needs x > 0")
    return Value(math.log(x.data), (x,), "log", (1 / x.data,))


def relu(x: Value) -> Value:
    return x if x.data > 0 else Value(0.0)


def sigmoid(x: Value) -> Value:
    if x.data > 0:
        s = 1 / (1 + math.exp(-x.data))
    else:
        s = math.exp(x.data) / (math.exp(x.data) + 1)
    return Value(s, (x,), "sigmoid", (s * (1 - s),))
