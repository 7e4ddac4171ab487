"""After push the node's own gradient is set back to 0.

It has been handed on, but it is an answer too: how much the end of the computation moves with this node.
Whoever asks a node in the middle for its grad reads 0. push touches the parents only; when old gradients
have to go is decided by whoever walks over the graph.
"""

from numbers import Real


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        self.data = _real(data)
        self.grad = 0.0
        self.parents = parents
        self.op = op
        self.slopes = slopes

    def push(self):
        for i, parent in enumerate(self.parents):
            parent.grad += self.slopes[i] * self.grad
        if self.parents:
            self.grad = 0.0

    def __add__(self, other):
        other = _value(other)
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __radd__(self, other):
        return Value(other) + self

    def __sub__(self, other):
        other = _value(other)
        return Value(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __rsub__(self, other):
        return Value(other) - self

    def __mul__(self, other):
        other = _value(other)
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __rmul__(self, other):
        return Value(other) * self

    def __truediv__(self, other):
        other = _value(other)
        quotient = self.data / other.data
        slopes = (1.0 / other.data, -quotient / other.data)
        return Value(quotient, (self, other), "/", slopes)

    def __rtruediv__(self, other):
        return Value(other) / self

    def __pow__(self, k):
        k = _real(k)
        slope = k * self.data ** (k - 1.0) if k != 0.0 else 0.0
        return Value(self.data**k, (self,), "**", (slope,))

    def __neg__(self):
        return Value(-self.data, (self,), "neg", (-1.0,))

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

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


def _value(other):
    return other if isinstance(other, Value) else Value(other)


def _real(number):
    if not isinstance(number, Real):
        raise TypeError(f"expected a real number, got {type(number).__name__}")
    return float(number)
