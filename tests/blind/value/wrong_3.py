"""Wrong: the slope of other / self forgets the numerator: -1/x² whatever is divided."""

import numbers


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        if not isinstance(data, numbers.Real):
            raise TypeError(f"{data!r} is no real number")
        self.data = float(data)
        self.grad = 0.0
        self.parents = tuple(parents)
        self.op = op
        self.slopes = tuple(slopes)

    def push(self):
        if len(self.slopes) < len(self.parents):
            raise IndexError("a slope is missing")
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad += slope * self.grad

    def __add__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __radd__(self, other):
        other = Value(other)
        return Value(other.data + self.data, (other, self), "+", (1.0, 1.0))

    def __sub__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __rsub__(self, other):
        other = Value(other)
        return Value(other.data - self.data, (other, self), "-", (1.0, -1.0))

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __rmul__(self, other):
        other = Value(other)
        return Value(other.data * self.data, (other, self), "*", (self.data, other.data))

    def __truediv__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        q = self.data / other.data
        return Value(q, (self, other), "/", (1.0 / other.data, -q / other.data))

    def __rtruediv__(self, other):
        other = Value(other)
        inverse = 1.0 / self.data
        return Value(other.data / self.data, (other, self), "/", (inverse, -inverse * inverse))

    def __pow__(self, k):
        if not isinstance(k, numbers.Real):
            raise TypeError("a power needs a plain number")
        k = float(k)
        result = self.data**k
        if isinstance(result, complex):
            raise TypeError("no real number")
        slope = k * self.data ** (k - 1) if k != 0 else 0.0
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
