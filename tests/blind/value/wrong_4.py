"""Wrong: += changes the node's own data, so an operand is changed and no edge is drawn."""

from numbers import Real


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        if not isinstance(data, Real):
            raise TypeError("a Value needs a real number")
        self.data = float(data)
        self.grad = 0.0
        self.parents = tuple(parents)
        self.op = op
        self.slopes = tuple(slopes)

    @staticmethod
    def of(thing):
        return thing if isinstance(thing, Value) else Value(thing)

    def push(self):
        for i in range(len(self.parents)):
            self.parents[i].grad += self.slopes[i] * self.grad

    def __add__(self, other):
        other = Value.of(other)
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __iadd__(self, other):
        self.data += Value.of(other).data
        return self

    def __radd__(self, other):
        return Value.of(other) + self

    def __sub__(self, other):
        other = Value.of(other)
        return Value(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __rsub__(self, other):
        return Value.of(other) - self

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __rmul__(self, other):
        return Value.of(other) * self

    def __truediv__(self, other):
        other = Value.of(other)
        out = self.data / other.data
        return Value(out, (self, other), "/", (1.0 / other.data, -out / other.data))

    def __rtruediv__(self, other):
        return Value.of(other) / self

    def __pow__(self, k):
        if not isinstance(k, Real):
            raise TypeError("k is no plain number")
        k = float(k)
        out = self.data**k
        if isinstance(out, complex):
            raise TypeError("the result is no real number")
        return Value(out, (self,), "**", (0.0 if k == 0 else k * self.data ** (k - 1),))

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
