"""A plain number is no parent: only Values are. One function a rule, for both sides."""

import numpy as np

_NUMBER = (int, float, np.integer, np.floating)


def _node(op, data, edges):
    """Make a node from (operand, slope) pairs, leaving out operands that are plain numbers."""
    kept = [(operand, slope) for operand, slope in edges if isinstance(operand, Value)]
    return Value(data, tuple(p for p, _ in kept), op, tuple(s for _, s in kept))


def _number(operand):
    if isinstance(operand, Value):
        return operand.data
    if isinstance(operand, _NUMBER):
        return float(operand)
    raise TypeError(f"cannot compute with {type(operand).__name__}")


def _sum(left, right):
    return _node("+", _number(left) + _number(right), [(left, 1.0), (right, 1.0)])


def _difference(left, right):
    return _node("-", _number(left) - _number(right), [(left, 1.0), (right, -1.0)])


def _product(left, right):
    a, b = _number(left), _number(right)
    return _node("*", a * b, [(left, b), (right, a)])


def _quotient(left, right):
    a, b = _number(left), _number(right)
    return _node("/", a / b, [(left, 1.0 / b), (right, -(a / b) / b)])


class Value:
    """One node of a computation graph."""

    def __init__(self, data, parents=(), op="", slopes=()):
        if not isinstance(data, _NUMBER):
            raise TypeError("data must be a real number")
        self.data = float(data)
        self.grad = 0.0
        self.parents = tuple(parents)
        self.op = op
        self.slopes = tuple(float(slope) for slope in slopes)

    def push(self):
        for i in range(len(self.parents)):
            self.parents[i].grad += self.slopes[i] * self.grad

    def __add__(self, other):
        return _sum(self, other)

    def __radd__(self, other):
        return _sum(other, self)

    def __sub__(self, other):
        return _difference(self, other)

    def __rsub__(self, other):
        return _difference(other, self)

    def __mul__(self, other):
        return _product(self, other)

    def __rmul__(self, other):
        return _product(other, self)

    def __truediv__(self, other):
        return _quotient(self, other)

    def __rtruediv__(self, other):
        return _quotient(other, self)

    def __pow__(self, k):
        if not isinstance(k, _NUMBER):
            raise TypeError("only a plain number can be the exponent")
        exponent = float(k)
        result = self.data**exponent
        if isinstance(result, complex):
            raise TypeError("a negative base needs a whole exponent")
        slope = 0.0 if exponent == 0.0 else exponent * self.data ** (exponent - 1.0)
        return _node("**", result, [(self, slope)])

    def __neg__(self):
        return _node("neg", -self.data, [(self, -1.0)])

    def __repr__(self):
        return f"Value(data={self.data!r}, grad={self.grad!r})"

    def backward(self):
        from .backward import backward

        backward(self)

    def tanh(self):
        from .tanh import tanh

        return tanh(self)

    def exp(self):
        from .elementary import exp

        return exp(self)

    def log(self):
        from .elementary import log

        return log(self)

    def relu(self):
        from .elementary import relu

        return relu(self)

    def sigmoid(self):
        from .elementary import sigmoid

        return sigmoid(self)
