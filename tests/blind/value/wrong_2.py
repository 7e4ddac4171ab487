"""Wrong: the power's slope at a base of 0 is taken as 0 for every exponent, not for k = 0 alone."""

from numbers import Real


def as_value(v):
    return v if isinstance(v, Value) else Value(v)


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        if not isinstance(data, Real):
            raise TypeError("data must be a real number")
        self.data = float(data)
        self.grad = 0.0
        self.parents = tuple(parents)
        self.op = op
        self.slopes = tuple(slopes)

    def push(self):
        for i, parent in enumerate(self.parents):
            parent.grad += self.slopes[i] * self.grad

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __radd__(self, other):
        return as_value(other) + self

    def __sub__(self, other):
        other = as_value(other)
        return Value(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __rsub__(self, other):
        return as_value(other) - self

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __rmul__(self, other):
        return as_value(other) * self

    def __truediv__(self, other):
        other = as_value(other)
        result = self.data / other.data
        return Value(result, (self, other), "/", (1.0 / other.data, -result / other.data))

    def __rtruediv__(self, other):
        return as_value(other) / self

    def __pow__(self, k):
        if isinstance(k, Value) or not isinstance(k, Real):
            raise TypeError("exponent must be a plain number")
        power = self.data ** float(k)
        if isinstance(power, complex):
            raise TypeError("the power is not real")
        if self.data == 0:
            slope = 0.0  # do not divide by zero
        else:
            slope = float(k * self.data ** (k - 1))
        return Value(power, (self,), "**", (slope,))

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
