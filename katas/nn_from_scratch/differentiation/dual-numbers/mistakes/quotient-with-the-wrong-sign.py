"""The slope of a quotient has the opposite sign: a b' - a' b.

For 1 / x at 2 it gives 0.25 instead of -0.25, although 1 / x falls. The part of the numerator is the
positive one.
"""


class Dual:
    def __truediv__(self, other):
        b = _lift(other)
        quotient = self.value / b.value
        return Dual(quotient, (quotient * b.deriv - self.deriv) / b.value)
