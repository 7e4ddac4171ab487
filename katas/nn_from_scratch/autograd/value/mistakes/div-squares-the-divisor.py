"""The local derivative -x/y² is computed with the square of y.

For y = 1e-200 the square is too small for a float and becomes 0, so Python raises a
ZeroDivisionError; for y = 1e200 it is too large. Yet -x/y² itself is an ordinary number there if
x is about as large as y. Divide by y twice, one time after the other, and do not compute y².
"""


class Value:
    def __truediv__(self, other: "Value | float") -> "Value":
        """Return self / other; raises ZeroDivisionError when other is 0."""
        if not isinstance(other, Value):
            other = Value(other)
        quotient = self.data / other.data
        # d(a/b)/db = -a/b², written so that b² can neither overflow nor become 0.
        slopes = (1.0 / other.data, -self.data / other.data**2)
        return Value(quotient, (self, other), "/", slopes)
