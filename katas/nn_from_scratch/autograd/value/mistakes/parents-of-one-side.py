"""x + y has only x as a parent, and not y.

The sum depends on both. A parent that is not listed gets no gradient: y would never change in
training, and the gradient of x + x is 1 instead of 2. List both operands, in order.
"""


class Value:
    def __add__(self, other: "Value | float") -> "Value":
        """Return self + other."""
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data + other.data, (self,), "+", (1.0,))
