"""The slope of cos is sin, without a minus sign.

From 0 on, cos falls while sin is positive. At x = 1 the slope is -0.84, not 0.84.
"""


class Dual:
    def cos(self):
        return Dual(math.cos(self.value), math.sin(self.value) * self.deriv)
