"""x + 0 and x * 1 with a plain number return x itself instead of a new node.

The number is right, but x + 0 is a result of its own: code that sets its grad, or calls backward on
it, changes the leaf x. With 2 in the grad of y = x + 0, x already holds 2 before any push, and
nothing can tell the two apart. Make a new node in every operation, whatever the numbers are.
"""


class Value:
    def __add__(self, other: "Value | float") -> "Value":
        """Return self + other."""
        if not isinstance(other, Value) and other == 0:
            return self
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __radd__(self, other: float) -> "Value":
        """Return other + self, where other is a plain number; sum() needs it to start at 0."""
        return self + other

    def __mul__(self, other: "Value | float") -> "Value":
        """Return self * other."""
        if not isinstance(other, Value) and other == 1:
            return self
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __rmul__(self, other: float) -> "Value":
        """Return other * self, where other is a plain number."""
        return self * other
