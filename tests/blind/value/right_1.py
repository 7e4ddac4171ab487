"""Numbers are wrapped as leaves first; then every operator is one line."""

from numbers import Real


def _wrap(other):
    if isinstance(other, Value):
        return other
    return Value(other)


class Value:
    """A node of a computation graph."""

    __array_ufunc__ = None  # numpy arrays on the left give way, which ends in a TypeError

    def __init__(self, data, parents=(), op="", slopes=()):
        if not isinstance(data, Real):
            raise TypeError(f"a Value holds a real number, not {type(data).__name__}")
        self.data = float(data)
        self.grad = 0.0
        self.parents = tuple(parents)
        self.op = op
        self.slopes = tuple(slopes)

    def push(self):
        if len(self.slopes) < len(self.parents):
            raise IndexError(f"{len(self.parents)} parents, but {len(self.slopes)} slopes")
        grad = self.grad
        for parent, slope in zip(self.parents, self.slopes, strict=False):
            parent.grad += slope * grad

    def __add__(self, other):
        other = _wrap(other)
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __radd__(self, other):
        return _wrap(other) + self

    def __sub__(self, other):
        other = _wrap(other)
        return Value(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __rsub__(self, other):
        return _wrap(other) - self

    def __mul__(self, other):
        other = _wrap(other)
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __rmul__(self, other):
        return _wrap(other) * self

    def __truediv__(self, other):
        other = _wrap(other)
        quotient = self.data / other.data
        slopes = (1.0 / other.data, -quotient / other.data)
        return Value(quotient, (self, other), "/", slopes)

    def __rtruediv__(self, other):
        return _wrap(other) / self

    def __pow__(self, k):
        if not isinstance(k, Real):
            raise TypeError("the exponent must be a plain real number")
        k = float(k)
        power = self.data**k
        if isinstance(power, complex):
            raise TypeError(f"{self.data} ** {k} is no real number")
        slope = 0.0 if k == 0 else k * self.data ** (k - 1)
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
