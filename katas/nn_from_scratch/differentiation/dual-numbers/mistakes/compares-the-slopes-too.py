"""Comparisons use the slope as well as the value.

For equal values, the slopes then decide: Dual(2, 1) < Dual(2, 5) becomes true. A function with branches
takes the branch that it would take for plain numbers, so only the values count.
"""


class Dual:
    def __lt__(self, other):
        b = _lift(other)
        return (self.value, self.deriv) < (b.value, b.deriv)

    def __le__(self, other):
        b = _lift(other)
        return (self.value, self.deriv) <= (b.value, b.deriv)

    def __gt__(self, other):
        b = _lift(other)
        return (self.value, self.deriv) > (b.value, b.deriv)

    def __ge__(self, other):
        b = _lift(other)
        return (self.value, self.deriv) >= (b.value, b.deriv)
