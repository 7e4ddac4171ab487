"""At x = 0 every power is taken to be flat.

That keeps 0 ** (k - 1) from dividing by zero, but only the slope of x ** 0 is 0 for that reason. x ** 1
is x itself, with the slope 1 at 0 as anywhere. And x ** 0.5 rises infinitely steeply there: no float
can be its slope, so that Python's own ZeroDivisionError is the honest answer.
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
        slope = k * self.data ** (k - 1.0) if k > 1.0 or self.data != 0.0 else 0.0
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
