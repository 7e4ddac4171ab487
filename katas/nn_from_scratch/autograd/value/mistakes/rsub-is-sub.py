"""2 - x gives x - 2.

Python calls __rsub__ on the operand on the *right* of the minus sign. So in 2 - x, self is x, and
other is the 2. For x = 5 the result should be -3, with a local derivative of -1. For + and * the
order does not matter; for - and / it does. Compute other minus self.
"""


class Value:
    def __rsub__(self, other: float) -> "Value":
        """Return other - self, where other is a plain number."""
        return self - Value(other)
