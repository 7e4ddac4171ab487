"""A dataclass; the operators return NotImplemented for what they do not know."""

import numbers
from dataclasses import dataclass, field


def _lift(method):
    """Let a binary operator see a Value on the other side, or give Python the refusal."""

    def operator(self, other):
        if isinstance(other, Value):
            return method(self, other)
        if isinstance(other, numbers.Real):
            return method(self, Value(other))
        return NotImplemented

    return operator


@dataclass(eq=False, repr=False)
class Value:
    """One node of a computation graph."""

    data: float
    parents: tuple["Value", ...] = ()
    op: str = ""
    slopes: tuple[float, ...] = ()
    grad: float = field(default=0.0, init=False)

    __array_ufunc__ = None

    def __post_init__(self):
        if not isinstance(self.data, numbers.Real):
            raise TypeError(f"not a real number: {self.data!r}")
        self.data = float(self.data)

    def push(self):
        arrived = self.grad
        slopes = [self.slopes[i] for i in range(len(self.parents))]
        for parent, slope in zip(self.parents, slopes, strict=True):
            parent.grad = parent.grad + slope * arrived

    @_lift
    def __add__(self, other):
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    @_lift
    def __radd__(self, other):
        return other + self

    @_lift
    def __sub__(self, other):
        return Value(self.data - other.data, (self, other), "-", (1.0, -1.0))

    @_lift
    def __rsub__(self, other):
        return other - self

    @_lift
    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    @_lift
    def __rmul__(self, other):
        return other * self

    @_lift
    def __truediv__(self, other):
        inverse = 1.0 / other.data
        result = self.data / other.data
        return Value(result, (self, other), "/", (inverse, -result / other.data))

    @_lift
    def __rtruediv__(self, other):
        return other / self

    def __pow__(self, k):
        if isinstance(k, Value) or not isinstance(k, numbers.Real):
            return NotImplemented
        k = float(k)
        if k == 0:
            return Value(1.0, (self,), "**", (0.0,))
        if self.data < 0 and not k.is_integer():
            raise TypeError(f"{self.data} to the power of {k} is not real")
        return Value(self.data**k, (self,), "**", (k * self.data ** (k - 1),))

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
