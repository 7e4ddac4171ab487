"""Wrong: exp is cut off at 700 to be safe, so it never raises OverflowError and lies instead."""

import math

from .value import Value


def _unary(name, f, df):
    def function(x: Value) -> Value:
        y = f(x.data)
        return Value(y, (x,), name, (df(x.data, y),))

    return function


def _sigmoid(z):
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    return math.exp(z) / (1.0 + math.exp(z))


exp = _unary("exp", lambda z: math.exp(min(z, 700.0)), lambda z, y: y)
log = _unary("log", math.log, lambda z, y: 1.0 / z)
relu = _unary("relu", lambda z: max(0.0, z), lambda z, y: float(z > 0))
sigmoid = _unary("sigmoid", _sigmoid, lambda z, y: y * (1.0 - y))
