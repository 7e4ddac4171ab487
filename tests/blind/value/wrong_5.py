"""Wrong: push sets the node's own grad back to 0 after handing it on."""

from numbers import Real


def _v(x):
    if isinstance(x, Value):
        return x
    return Value(x)


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        if not isinstance(data, Real):
            raise TypeError(f"expected a number, got {type(data)}")
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.op = op
        self.slopes = slopes

    def push(self):
        for i, parent in enumerate(self.parents):
            parent.grad += self.slopes[i] * self.grad
        if self.parents:
            self.grad = 0.0  # handed on: nothing may be handed on twice

    def __add__(self, other):
        a, b = self, _v(other)
        return Value(a.data + b.data, (a, b), "+", (1.0, 1.0))

    def __radd__(self, other):
        return _v(other).__add__(self)

    def __sub__(self, other):
        a, b = self, _v(other)
        return Value(a.data - b.data, (a, b), "-", (1.0, -1.0))

    def __rsub__(self, other):
        return _v(other).__sub__(self)

    def __mul__(self, other):
        a, b = self, _v(other)
        return Value(a.data * b.data, (a, b), "*", (b.data, a.data))

    def __rmul__(self, other):
        return _v(other).__mul__(self)

    def __truediv__(self, other):
        a, b = self, _v(other)
        return Value(a.data / b.data, (a, b), "/", (1.0 / b.data, -(a.data / b.data) / b.data))

    def __rtruediv__(self, other):
        return _v(other).__truediv__(self)

    def __pow__(self, k):
        if not isinstance(k, Real):
            raise TypeError("exponent must be a number")
        result = self.data ** float(k)
        if isinstance(result, complex):
            raise TypeError("result is not real")
        slope = float(k) * self.data ** (float(k) - 1.0) if k != 0 else 0.0
        return Value(result, (self,), "**", (slope,))

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
