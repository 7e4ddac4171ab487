"""In 2 / x the local derivative is taken as -1/x², whatever number is divided.

That is the derivative of 1 / x, and 2 / x changes twice as fast: -2/x². At x = 4 that is -0.125,
not -0.0625. Turn the number into a Value and use the division that you already have.
"""


class Value:
    def __rtruediv__(self, other: float) -> "Value":
        """Return other / self, where other is a plain number; ZeroDivisionError when self is 0."""
        other = Value(other)
        inverse = 1.0 / self.data
        slopes = (inverse, -inverse * inverse)
        return Value(other.data / self.data, (other, self), "/", slopes)
