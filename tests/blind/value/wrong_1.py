"""Wrong: push uses closures the operators make; slopes handed to the constructor do nothing."""

from numbers import Real


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        if not isinstance(data, Real):
            raise TypeError("data is no real number")
        self.data = float(data)
        self.grad = 0.0
        self.parents = tuple(parents)
        self.op = op
        self.slopes = tuple(slopes)
        self._push = lambda: None

    def push(self):
        if len(self.slopes) < len(self.parents):
            raise IndexError("fewer slopes than parents")
        self._push()

    @staticmethod
    def _binary(a, b, data, op, da, db):
        out = Value(data, (a, b), op, (da, db))

        def _push():
            a.grad += da * out.grad
            b.grad += db * out.grad

        out._push = _push
        return out

    @staticmethod
    def _unary(a, data, op, da):
        out = Value(data, (a,), op, (da,))

        def _push():
            a.grad += da * out.grad

        out._push = _push
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value._binary(self, other, self.data + other.data, "+", 1.0, 1.0)

    def __radd__(self, other):
        return Value(other) + self

    def __sub__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value._binary(self, other, self.data - other.data, "-", 1.0, -1.0)

    def __rsub__(self, other):
        return Value(other) - self

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value._binary(self, other, self.data * other.data, "*", other.data, self.data)

    def __rmul__(self, other):
        return Value(other) * self

    def __truediv__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        q = self.data / other.data
        return Value._binary(self, other, q, "/", 1.0 / other.data, -q / other.data)

    def __rtruediv__(self, other):
        return Value(other) / self

    def __pow__(self, k):
        if not isinstance(k, Real):
            raise TypeError("k must be a plain number")
        k = float(k)
        p = self.data**k
        if isinstance(p, complex):
            raise TypeError("not a real power")
        return Value._unary(self, p, "**", k * self.data ** (k - 1) if k else 0.0)

    def __neg__(self):
        return Value._unary(self, -self.data, "neg", -1.0)

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
