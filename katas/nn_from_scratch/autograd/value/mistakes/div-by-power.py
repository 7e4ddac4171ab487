"""x / y is computed as x times y to the power -1.

That is right for ordinary numbers. But the power rule for y to the power -1 needs y to the power
-2: for y = 1e-200 that is 1e400, too large for a float, and for y = 1e200 it becomes 0, so y gets
no gradient. Write the division with local derivatives of its own, and divide by y twice.
"""


class Value:
    def __truediv__(self, other: "Value | float") -> "Value":
        """Return self / other; raises ZeroDivisionError when other is 0."""
        if not isinstance(other, Value):
            other = Value(other)
        return self * other**-1
