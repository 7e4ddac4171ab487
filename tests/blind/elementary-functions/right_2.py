"""numpy scalars, with its overflow turned into an error; one helper makes the nodes."""

import numpy as np

from .value import Value


def _node(name, x, y, slope):
    return Value(float(y), (x,), name, (float(slope),))


def exp(x: Value) -> Value:
    with np.errstate(over="ignore"):
        y = np.exp(x.data)
    if np.isinf(y) and not np.isinf(x.data):
        raise OverflowError(f"e to the power of {x.data} is too large for a float")
    return _node("exp", x, y, y)


def log(x: Value) -> Value:
    if not x.data > 0.0:
        raise ValueError("log needs a positive number")
    return _node("log", x, np.log(x.data), 1.0 / x.data)


def relu(x: Value) -> Value:
    on = x.data > 0.0
    return _node("relu", x, x.data if on else 0.0, on)


def sigmoid(x: Value) -> Value:
    with np.errstate(under="ignore"):
        e = np.exp(-np.abs(x.data))  # at most 1, on either side
    s = np.where(x.data >= 0, 1.0, e) / (1.0 + e)
    return _node("sigmoid", x, s, s * (1.0 - s))
