"""x + 2.0 fails, because the number 2.0 has no attribute data.

In every operation one of the operands may be a plain number. It is a constant, and nobody reads
its gradient, but it must be turned into a Value before its data is read. Make it a Value first.
"""


class Value:
    def __add__(self, other: "Value | float") -> "Value":
        """Return self + other."""
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __sub__(self, other: "Value | float") -> "Value":
        """Return self - other."""
        return Value(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __mul__(self, other: "Value | float") -> "Value":
        """Return self * other."""
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __truediv__(self, other: "Value | float") -> "Value":
        """Return self / other; raises ZeroDivisionError when other is 0."""
        quotient = self.data / other.data
        # d(a/b)/db = -a/b², written so that b² can neither overflow nor become 0.
        slopes = (1.0 / other.data, -quotient / other.data)
        return Value(quotient, (self, other), "/", slopes)
