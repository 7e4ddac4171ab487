"""In x * y each factor gets the gradient times its own number, not times the other number.

How much x * y changes when x changes depends on how large *y* is: at x = 3, y = 5, one more unit
of x makes the product larger by 5, so the local derivative for x is 5, not 3. For x * x the two
are the same, so a test with a square alone does not show it. Swap the two.
"""


class Value:
    def __mul__(self, other: "Value | float") -> "Value":
        """Return self * other."""
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data * other.data, (self, other), "*", (self.data, other.data))
