"""sigmoid by way of tanh, 0 far to the left where the true value is tiny; the rest with math."""

import math

from .value import Value


def exp(x: Value) -> Value:
    out = math.exp(x.data)
    return Value(out, (x,), "exp", (out,))


def log(x: Value) -> Value:
    out = math.log(x.data)
    return Value(out, (x,), "log", (1 / x.data,))


def relu(x: Value) -> Value:
    positive = x.data > 0
    return Value(x.data if positive else 0.0, (x,), "relu", (1.0 if positive else 0.0,))


def sigmoid(x: Value) -> Value:
    s = 0.5 * (1.0 + math.tanh(0.5 * x.data))
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
