"""Forward-mode differentiation: numbers that carry their slope along.

A function that is called with such a number returns its value and its derivative together. No graph
is stored and nothing is walked backwards, because each operation computes both from both.
"""

from collections.abc import Callable, Sequence


class Dual:
    """A number and its slope: how fast it changes when the input changes.

    Attributes:
        value: the number itself, a float.
        deriv: its derivative with respect to the input, a float. 1.0 for the input, 0.0 for a
            constant.

    In all operators below, either operand may be a plain number (int, float, a numpy scalar); it
    is a constant. Operands are never changed, and a result keeps no reference to them.
    """

    def __init__(self, value: float, deriv: float = 0.0) -> None:
        """Store both as floats."""
        raise NotImplementedError("kata dual-numbers: Dual.__init__ is not written yet")

    def __add__(self, other: "Dual | float") -> "Dual":
        """Return self + other."""
        raise NotImplementedError("kata dual-numbers: Dual.__add__ is not written yet")

    def __radd__(self, other: float) -> "Dual":
        """Return other + self, where other is a plain number; sum() needs it to start at 0."""
        raise NotImplementedError("kata dual-numbers: Dual.__radd__ is not written yet")

    def __sub__(self, other: "Dual | float") -> "Dual":
        """Return self - other."""
        raise NotImplementedError("kata dual-numbers: Dual.__sub__ is not written yet")

    def __rsub__(self, other: float) -> "Dual":
        """Return other - self, where other is a plain number."""
        raise NotImplementedError("kata dual-numbers: Dual.__rsub__ is not written yet")

    def __mul__(self, other: "Dual | float") -> "Dual":
        """Return self * other: both factors contribute to the slope."""
        raise NotImplementedError("kata dual-numbers: Dual.__mul__ is not written yet")

    def __rmul__(self, other: float) -> "Dual":
        """Return other * self, where other is a plain number."""
        raise NotImplementedError("kata dual-numbers: Dual.__rmul__ is not written yet")

    def __truediv__(self, other: "Dual | float") -> "Dual":
        """Return self / other; raises ZeroDivisionError if the value of other is 0.

        No intermediate number is the square of the divisor, which can overflow or become 0.
        """
        raise NotImplementedError("kata dual-numbers: Dual.__truediv__ is not written yet")

    def __rtruediv__(self, other: float) -> "Dual":
        """Return other / self, where other is a plain number."""
        raise NotImplementedError("kata dual-numbers: Dual.__rtruediv__ is not written yet")

    def __pow__(self, k: float) -> "Dual":
        """Return self ** k for a plain number k; for k = 0 the slope is 0, whatever the base is.

        Raises:
            TypeError: k is a Dual, or the power is not a real number (a negative base with a
                fractional k). Any other exception will do too.
            ZeroDivisionError: the base is 0 and k is negative.
        """
        raise NotImplementedError("kata dual-numbers: Dual.__pow__ is not written yet")

    def __neg__(self) -> "Dual":
        """Return -self."""
        raise NotImplementedError("kata dual-numbers: Dual.__neg__ is not written yet")

    def __lt__(self, other: "Dual | float") -> bool:
        """Return whether the value of self is less than that of other; slopes do not count."""
        raise NotImplementedError("kata dual-numbers: Dual.__lt__ is not written yet")

    def __le__(self, other: "Dual | float") -> bool:
        """Return whether the value of self is at most that of other."""
        raise NotImplementedError("kata dual-numbers: Dual.__le__ is not written yet")

    def __gt__(self, other: "Dual | float") -> bool:
        """Return whether the value of self is greater than that of other."""
        raise NotImplementedError("kata dual-numbers: Dual.__gt__ is not written yet")

    def __ge__(self, other: "Dual | float") -> bool:
        """Return whether the value of self is at least that of other."""
        raise NotImplementedError("kata dual-numbers: Dual.__ge__ is not written yet")

    def tanh(self) -> "Dual":
        """Return the hyperbolic tangent t of self, whose slope is 1 - t²; never overflows."""
        raise NotImplementedError("kata dual-numbers: Dual.tanh is not written yet")

    def exp(self) -> "Dual":
        """Return e to the power of self."""
        raise NotImplementedError("kata dual-numbers: Dual.exp is not written yet")

    def log(self) -> "Dual":
        """Return the natural logarithm of self; raises ValueError if the value is not positive."""
        raise NotImplementedError("kata dual-numbers: Dual.log is not written yet")

    def sin(self) -> "Dual":
        """Return the sine of self."""
        raise NotImplementedError("kata dual-numbers: Dual.sin is not written yet")

    def cos(self) -> "Dual":
        """Return the cosine of self."""
        raise NotImplementedError("kata dual-numbers: Dual.cos is not written yet")

    def __repr__(self) -> str:
        """Return a short text that shows both numbers, such as ``Dual(value=3.0, deriv=1.0)``."""
        raise NotImplementedError("kata dual-numbers: Dual.__repr__ is not written yet")


def derivative(f: Callable[[Dual], Dual | float], x: float) -> float:
    """Return the derivative of f at x, as a float, from one call to f.

    Args:
        f: a function of one number, made of the operations of a Dual. It may return a plain
            number, for example because it is constant.
        x: a plain number.
    """
    raise NotImplementedError("kata dual-numbers: derivative is not written yet")


def jvp(
    f: Callable[[list[Dual]], Sequence[Dual | float]], xs: Sequence[float], vs: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Return f at xs, and how fast its results change when xs moves with the velocities vs.

    This is the product of the Jacobian (M, N) and vs, from one call to f. The Jacobian itself is
    never computed.

    Args:
        f: a function of one list of N numbers, which returns a list or tuple of M numbers. Some
            of them may be plain.
        xs: N plain numbers.
        vs: N plain numbers: x_i changes with the velocity v_i.

    Returns:
        Two lists of M floats: the results, and their derivatives along vs.

    Raises:
        ValueError: xs and vs do not have the same length.
    """
    raise NotImplementedError("kata dual-numbers: jvp is not written yet")
