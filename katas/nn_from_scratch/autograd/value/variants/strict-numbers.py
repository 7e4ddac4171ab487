"""Rejects strings, raises ValueError for a missing slope; x ** 0.5 has an infinite slope at 0."""

import math
from numbers import Real


class Value:
    """One node of a computation graph.

    Attributes:
        data: the number itself, always a Python float.
        grad: d(root)/d(this node), set by the backward pass; starts at 0.0.
        parents: the Values that this one was computed from, in the order of the operands, so
            ``x * x`` has the parents ``(x, x)``. Empty for a leaf.
        op: the name of the operation, for drawings: '+', '-', '*', '/', '**', 'neg', 'tanh' ...
        slopes: the local derivatives d(this node)/d(parent), one float per parent, computed from
            the parents' data at the time when this node was made.

    Two Values are equal only if they are the same object. Do not define ``__eq__``: a graph holds
    many nodes with equal data.

    In all operators below, either operand may be a plain number (int, float, a numpy scalar).
    Operands are never changed; every result is a new node.
    """

    __slots__ = ("data", "grad", "op", "parents", "slopes")

    def __init__(
        self,
        data: float,
        parents: tuple["Value", ...] = (),
        op: str = "",
        slopes: tuple[float, ...] = (),
    ) -> None:
        """Make a leaf from a number alone, or a node from its result, parents and slopes.

        Args:
            data: a real number: int, float or a numpy scalar, stored as a float.
            parents: the Values it was computed from.
            op: the name of the operation.
            slopes: the local derivatives d(this)/d(parent), one per parent.
        """
        self.data = _real(data)
        self.grad = 0.0
        self.parents = parents
        self.op = op
        self.slopes = slopes

    def push(self) -> None:
        """Add ``slope * self.grad`` to the grad of each parent: one step of the chain rule.

        It adds, because a parent may have other children, or be the same parent twice. It changes
        the parents only, not their parents.

        Raises:
            ValueError: the node has fewer slopes than parents. Any other exception will do too.
        """
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.grad

    # Each operation below states its result and, beside it, its local derivatives.

    def __add__(self, other: "Value | float") -> "Value":
        """Return self + other."""
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __radd__(self, other: float) -> "Value":
        """Return other + self, where other is a plain number; sum() needs it to start at 0."""
        return Value(other) + self

    def __sub__(self, other: "Value | float") -> "Value":
        """Return self - other."""
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __rsub__(self, other: float) -> "Value":
        """Return other - self, where other is a plain number."""
        return Value(other) - self

    def __mul__(self, other: "Value | float") -> "Value":
        """Return self * other."""
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __rmul__(self, other: float) -> "Value":
        """Return other * self, where other is a plain number."""
        return Value(other) * self

    def __truediv__(self, other: "Value | float") -> "Value":
        """Return self / other; raises ZeroDivisionError when other is 0."""
        if not isinstance(other, Value):
            other = Value(other)
        quotient = self.data / other.data
        # d(a/b)/db = -a/b², written so that b² can neither overflow nor become 0.
        slopes = (1.0 / other.data, -quotient / other.data)
        return Value(quotient, (self, other), "/", slopes)

    def __rtruediv__(self, other: float) -> "Value":
        """Return other / self, where other is a plain number; ZeroDivisionError when self is 0."""
        return Value(other) / self

    def __pow__(self, k: float) -> "Value":
        """Return self ** k for a plain number k.

        The derivative is that of the power rule, and 0 for k = 0 whatever the base is.

        Raises:
            TypeError: k is a Value, or the power is not a real number (a negative base with a
                fractional k). Any other exception will do too.
            ZeroDivisionError: the base is 0 and k is negative. For a base of 0 and k between 0
                and 1 the derivative is infinite: that too may raise this, or be ``math.inf``.
        """
        k = _real(k)
        if self.data == 0.0 and 0.0 < k < 1.0:
            slope = math.inf
        else:
            slope = k * self.data ** (k - 1.0) if k != 0.0 else 0.0
        return Value(self.data**k, (self,), "**", (slope,))

    def __neg__(self) -> "Value":
        """Return -self."""
        return Value(-self.data, (self,), "neg", (-1.0,))

    def __repr__(self) -> str:
        """Return a short text that shows the data, such as ``Value(data=3.0, grad=0.0)``."""
        return f"Value(data={self.data}, grad={self.grad})"

    # Given: the modules of these functions import this one, so they are imported when called.

    def backward(self) -> None:
        """Set the ``grad`` of every node that this one was computed from; see backward.py."""
        from .backward import backward

        backward(self)

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent of self; see tanh.py."""
        from .tanh import tanh

        return tanh(self)

    def exp(self) -> "Value":
        """Return e to the power of self; see elementary.py."""
        from .elementary import exp

        return exp(self)

    def log(self) -> "Value":
        """Return the natural logarithm of self; see elementary.py."""
        from .elementary import log

        return log(self)

    def relu(self) -> "Value":
        """Return self where it is positive, else 0; see elementary.py."""
        from .elementary import relu

        return relu(self)

    def sigmoid(self) -> "Value":
        """Return the logistic function of self; see elementary.py."""
        from .elementary import sigmoid

        return sigmoid(self)


def _real(number: object) -> float:
    if not isinstance(number, Real):
        raise TypeError(f"expected a real number, got {type(number).__name__}")
    return float(number)
