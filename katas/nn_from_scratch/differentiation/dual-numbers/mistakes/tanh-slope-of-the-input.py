"""The slope of tanh is computed as 1 - x² instead of 1 - t².

Near 0 both are close to 1. At x = 2 the slope is 0.07, and 1 - x² is -3. Use the result t.
"""


class Dual:
    def tanh(self):
        return Dual(math.tanh(self.value), (1.0 - self.value * self.value) * self.deriv)
