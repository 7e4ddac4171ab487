"""2 / x gives x / 2.

Python calls __rtruediv__ on the operand on the *right* of the division sign. In 2 / x, self is
the divisor x, and other is the 2. For x = 4 the result is 0.5, not 2. For + and * the order does
not matter; for - and / it does. Compute other divided by self.
"""


class Value:
    def __rtruediv__(self, other: float) -> "Value":
        """Return other / self, where other is a plain number; ZeroDivisionError when self is 0."""
        return self / Value(other)
