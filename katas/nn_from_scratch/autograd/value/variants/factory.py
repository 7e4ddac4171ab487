"""One factory makes all operations of two operands from a rule for value and derivatives."""

from numbers import Real


def _both_ways(op, rule):
    def forward(self, other):
        return _node(op, rule, self, other)

    def reflected(self, other):
        return _node(op, rule, other, self)

    return forward, reflected


def _node(op, rule, left, right):
    try:
        left, right = Value.lift(left), Value.lift(right)
    except TypeError:
        return NotImplemented
    data, *slopes = rule(left.data, right.data)
    return Value(data, (left, right), op, tuple(slopes))


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        if not isinstance(data, Real):
            raise TypeError("data is a real number")
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.op = op
        self.slopes = slopes

    @staticmethod
    def lift(thing):
        return thing if isinstance(thing, Value) else Value(thing)

    def push(self):
        edges = [(parent, self.slopes[i]) for i, parent in enumerate(self.parents)]
        for parent, slope in edges:
            parent.grad = parent.grad + slope * self.grad

    __add__, __radd__ = _both_ways("+", lambda a, b: (a + b, 1.0, 1.0))
    __sub__, __rsub__ = _both_ways("-", lambda a, b: (a - b, 1.0, -1.0))
    __mul__, __rmul__ = _both_ways("*", lambda a, b: (a * b, b, a))
    __truediv__, __rtruediv__ = _both_ways("/", lambda a, b: (a / b, 1.0 / b, -(1.0 / b) * (a / b)))

    def __pow__(self, k):
        if not isinstance(k, Real):
            return NotImplemented
        slope = k * self.data ** (k - 1) if k else 0.0
        return Value(self.data**k, (self,), "**", (slope,))

    def __neg__(self):
        return 0.0 - self

    def __repr__(self):
        return f"Value({self.data!r}, grad={self.grad!r})"

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
