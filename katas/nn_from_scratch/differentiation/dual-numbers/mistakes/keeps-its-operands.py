"""Every Dual keeps the two operands it was computed from.

That is the graph that forward mode does not need: after 100 000 steps of a loop, 100 000 old Duals still
use memory. Value and slope contain everything that later operations ask for.
"""


class Dual:
    __slots__ = ("deriv", "parents", "value")

    def __init__(self, value, deriv=0.0, parents=()):
        self.value = float(value)
        self.deriv = float(deriv)
        self.parents = parents

    def __add__(self, other):
        b = _lift(other)
        return Dual(self.value + b.value, self.deriv + b.deriv, (self, b))

    def __mul__(self, other):
        b = _lift(other)
        slope = self.deriv * b.value + self.value * b.deriv
        return Dual(self.value * b.value, slope, (self, b))
