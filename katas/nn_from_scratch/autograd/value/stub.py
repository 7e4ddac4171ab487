"""A number that remembers how it was computed.

Every operation makes a new ``Value`` and links it to the ones it was made from, so that ordinary
arithmetic draws a graph while it runs. Each node also keeps its local slopes: how much it answers
to a small change of each parent. That is all that is needed to find, later and step by step, how
much the end of a long computation answers to its beginnings.
"""


class Value:
    """One node of a computation graph.

    Attributes:
        data: the number itself, always a Python float.
        grad: d(root)/d(this node), filled in by the backward pass; starts at 0.0.
        parents: the Values this one was computed from, in the order of the operands, so that
            ``x * x`` has parents ``(x, x)``. Empty for a leaf.
        op: the name of the operation, for drawings: '+', '-', '*', '/', '**', 'neg', 'tanh' ...
        slopes: the local derivatives d(this node)/d(parent), one float a parent, each taken with
            the parents' data as it was when this node was made.

    Two Values are the same only if they are the same object: equality and hash are those of
    every Python object, and must stay so, because a graph holds many nodes of equal data.

    In all operators below, either operand may be a plain number (int, float, a numpy scalar);
    anything else is a TypeError. Operands are never changed; every result is a new node.
    """

    def __init__(
        self,
        data: float,
        parents: tuple["Value", ...] = (),
        op: str = "",
        slopes: tuple[float, ...] = (),
    ) -> None:
        """Make a leaf from a number alone, or a node from its result, parents and slopes.

        Args:
            data: a real number: int, float or a numpy scalar, kept as a float.
            parents: the Values it was computed from.
            op: the name of the operation.
            slopes: d(this)/d(parent), one for each parent.

        Raises:
            TypeError: ``data`` is not a real number.
        """
        raise NotImplementedError("kata value: __init__ is yours to write")

    def push(self) -> None:
        """Hand this node's gradient to its parents: one step of the chain rule.

        Adds ``slope * self.grad`` to the ``grad`` of each parent. It adds because a parent may
        have other children, or be the same parent twice. Only the parents are touched; walking
        further is the business of whoever calls this.

        Raises:
            IndexError: the node has fewer slopes than parents.
        """
        raise NotImplementedError("kata value: push is yours to write")

    def __add__(self, other: "Value | float") -> "Value":
        """Return self + other."""
        raise NotImplementedError("kata value: __add__ is yours to write")

    def __radd__(self, other: float) -> "Value":
        """Return other + self, where other is a plain number (so that sum() can start at 0)."""
        raise NotImplementedError("kata value: __radd__ is yours to write")

    def __sub__(self, other: "Value | float") -> "Value":
        """Return self - other."""
        raise NotImplementedError("kata value: __sub__ is yours to write")

    def __rsub__(self, other: float) -> "Value":
        """Return other - self, where other is a plain number."""
        raise NotImplementedError("kata value: __rsub__ is yours to write")

    def __mul__(self, other: "Value | float") -> "Value":
        """Return self * other."""
        raise NotImplementedError("kata value: __mul__ is yours to write")

    def __rmul__(self, other: float) -> "Value":
        """Return other * self, where other is a plain number."""
        raise NotImplementedError("kata value: __rmul__ is yours to write")

    def __truediv__(self, other: "Value | float") -> "Value":
        """Return self / other; raises ZeroDivisionError when other is 0."""
        raise NotImplementedError("kata value: __truediv__ is yours to write")

    def __rtruediv__(self, other: float) -> "Value":
        """Return other / self, where other is a plain number; ZeroDivisionError when self is 0."""
        raise NotImplementedError("kata value: __rtruediv__ is yours to write")

    def __pow__(self, k: float) -> "Value":
        """Return self ** k for a plain number k.

        The slope is that of the power rule, and 0 for k = 0 whatever the base, 0 included.

        Raises:
            TypeError: k is a Value or no real number, or the power itself is no real number (a
                negative base with a fractional k).
            ZeroDivisionError: the power, or else its slope, is infinite at a base of 0.
        """
        raise NotImplementedError("kata value: __pow__ is yours to write")

    def __neg__(self) -> "Value":
        """Return -self."""
        raise NotImplementedError("kata value: __neg__ is yours to write")

    def __repr__(self) -> str:
        """Return a short text with data and grad, such as ``Value(data=3.0, grad=0.0)``."""
        raise NotImplementedError("kata value: __repr__ is yours to write")

    # Given: these have modules of their own, which import this one; hence imported when called.

    def backward(self) -> None:
        """Fill in the ``grad`` of every node this one was computed from; see backward.py."""
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
