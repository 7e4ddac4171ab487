"""Forward-mode differentiation: numbers that carry their slope along.

A function that is called with such a number returns its value and its derivative together. No graph
is stored and nothing is walked backwards, because each operation computes both from both.
"""

import math
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

    __slots__ = ("deriv", "value")

    def __init__(self, value: float, deriv: float = 0.0) -> None:
        """Store both as floats."""
        self.value = float(value)
        self.deriv = float(deriv)

    def __add__(self, other: "Dual | float") -> "Dual":
        """Return self + other."""
        b = _lift(other)
        return Dual(self.value + b.value, self.deriv + b.deriv)

    def __radd__(self, other: float) -> "Dual":
        """Return other + self, where other is a plain number; sum() needs it to start at 0."""
        return _lift(other) + self

    def __sub__(self, other: "Dual | float") -> "Dual":
        """Return self - other."""
        b = _lift(other)
        return Dual(self.value - b.value, self.deriv - b.deriv)

    def __rsub__(self, other: float) -> "Dual":
        """Return other - self, where other is a plain number."""
        return _lift(other) - self

    def __mul__(self, other: "Dual | float") -> "Dual":
        """Return self * other: both factors contribute to the slope."""
        b = _lift(other)
        return Dual(self.value * b.value, self.deriv * b.value + self.value * b.deriv)

    def __rmul__(self, other: float) -> "Dual":
        """Return other * self, where other is a plain number."""
        return _lift(other) * self

    def __truediv__(self, other: "Dual | float") -> "Dual":
        """Return self / other; raises ZeroDivisionError if the value of other is 0.

        No intermediate number is the square of the divisor, which can overflow or become 0.
        """
        b = _lift(other)
        quotient = self.value / b.value
        return Dual(quotient, (self.deriv - quotient * b.deriv) / b.value)

    def __rtruediv__(self, other: float) -> "Dual":
        """Return other / self, where other is a plain number."""
        return _lift(other) / self

    def __pow__(self, k: float) -> "Dual":
        """Return self ** k for a plain number k; for k = 0 the slope is 0, whatever the base is.

        Raises:
            TypeError: k is a Dual, or the power is not a real number (a negative base with a
                fractional k). Any other exception will do too.
            ZeroDivisionError: the base is 0 and k is negative.
        """
        k = float(k)
        slope = k * self.value ** (k - 1.0) if k != 0.0 else 0.0
        return Dual(self.value**k, slope * self.deriv)

    def __neg__(self) -> "Dual":
        """Return -self."""
        return Dual(-self.value, -self.deriv)

    def __lt__(self, other: "Dual | float") -> bool:
        """Return whether the value of self is less than that of other; slopes do not count."""
        return self.value < _lift(other).value

    def __le__(self, other: "Dual | float") -> bool:
        """Return whether the value of self is at most that of other."""
        return self.value <= _lift(other).value

    def __gt__(self, other: "Dual | float") -> bool:
        """Return whether the value of self is greater than that of other."""
        return self.value > _lift(other).value

    def __ge__(self, other: "Dual | float") -> bool:
        """Return whether the value of self is at least that of other."""
        return self.value >= _lift(other).value

    def tanh(self) -> "Dual":
        """Return the hyperbolic tangent t of self, whose slope is 1 - t²; never overflows."""
        t = math.tanh(self.value)
        return Dual(t, (1.0 - t * t) * self.deriv)

    def exp(self) -> "Dual":
        """Return e to the power of self."""
        e = math.exp(self.value)
        return Dual(e, e * self.deriv)

    def log(self) -> "Dual":
        """Return the natural logarithm of self; raises ValueError if the value is not positive."""
        return Dual(math.log(self.value), self.deriv / self.value)

    def sin(self) -> "Dual":
        """Return the sine of self."""
        return Dual(math.sin(self.value), math.cos(self.value) * self.deriv)

    def cos(self) -> "Dual":
        """Return the cosine of self."""
        return Dual(math.cos(self.value), -math.sin(self.value) * self.deriv)

    def __repr__(self) -> str:
        """Return a short text that shows both numbers, such as ``Dual(value=3.0, deriv=1.0)``."""
        return f"Dual(value={self.value}, deriv={self.deriv})"


def derivative(f: Callable[[Dual], Dual | float], x: float) -> float:
    """Return the derivative of f at x, as a float, from one call to f.

    Args:
        f: a function of one number, made of the operations of a Dual. It may return a plain
            number, for example because it is constant.
        x: a plain number.
    """
    return _lift(f(Dual(x, 1.0))).deriv


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
    inputs = [Dual(x, v) for x, v in zip(xs, vs, strict=True)]
    results = [_lift(y) for y in f(inputs)]
    return [y.value for y in results], [y.deriv for y in results]


def _lift(number: Dual | float) -> Dual:
    """Return a plain number as a constant, and a Dual as it is."""
    return number if isinstance(number, Dual) else Dual(number)
