"""sigmoid by way of its logarithm, -log(1 + e^-x), and its slope as sigmoid(x) · sigmoid(-x)."""

from math import exp as e_to_the
from math import log as ln
from math import log1p

from .value import Value


def exp(x: Value) -> Value:
    result = e_to_the(x.data)
    return Value(result, parents=(x,), op="exp", slopes=(result,))


def log(x: Value) -> Value:
    # math.log refuses 0 and negative numbers with a ValueError by itself
    return Value(ln(x.data), parents=(x,), op="log", slopes=(1.0 / x.data,))


def relu(x: Value) -> Value:
    slope = 1.0 if x.data > 0.0 else 0.0
    return Value(max(0.0, x.data), parents=(x,), op="relu", slopes=(slope,))


def _logistic(z: float) -> float:
    return e_to_the(min(z, 0.0) - log1p(e_to_the(-abs(z))))


def sigmoid(x: Value) -> Value:
    s = _logistic(x.data)
    return Value(s, parents=(x,), op="sigmoid", slopes=(s * _logistic(-x.data),))
