"""x + y changes x and returns it.

After y = x + 3 with x = 2, x itself is 5, and every other expression that uses x gets the wrong
number. The result also has no parents, so no gradient reaches x. Make a new Value in each
operation and leave the operands unchanged.
"""


class Value:
    def __add__(self, other: "Value | float") -> "Value":
        """Return self + other."""
        if not isinstance(other, Value):
            other = Value(other)
        self.data += other.data
        return self
