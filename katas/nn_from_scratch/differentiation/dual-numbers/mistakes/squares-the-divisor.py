"""The slope of a quotient is divided by the square of the divisor.

For a divisor of 1e-200 the square is 0, and for 1e200 it is infinite, although the slope is an ordinary
number. Divide by b twice, or use the quotient, which you have already.
"""


class Dual:
    def __truediv__(self, other):
        b = _lift(other)
        slope = (self.deriv * b.value - self.value * b.deriv) / (b.value * b.value)
        return Dual(self.value / b.value, slope)
