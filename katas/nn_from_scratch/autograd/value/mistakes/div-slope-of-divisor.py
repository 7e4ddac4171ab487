"""In x / y the divisor gets the local derivative -x/y instead of -x/y².

1/y is y to the power -1, so the power rule gives -1 times y to the power -2. At x = 6 and y = 2
the divisor should get -1.5 and gets -3. At y = 1 the two agree. Divide by y once more.
"""


class Value:
    def __truediv__(self, other: "Value | float") -> "Value":
        """Return self / other; raises ZeroDivisionError when other is 0."""
        if not isinstance(other, Value):
            other = Value(other)
        quotient = self.data / other.data
        # d(a/b)/db = -a/b², written so that b² can neither overflow nor become 0.
        slopes = (1.0 / other.data, -quotient)
        return Value(quotient, (self, other), "/", slopes)
