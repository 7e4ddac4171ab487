"""x - y gives the same gradient to x and to y.

If y grows by 1, x - y gets *smaller* by 1, so the local derivative for y is -1, not 1. The results
of all subtractions are right, but training with these gradients changes y in the wrong direction.
Use -1 for the second operand.
"""


class Value:
    def __sub__(self, other: "Value | float") -> "Value":
        """Return self - other."""
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data - other.data, (self, other), "-", (1.0, 1.0))
