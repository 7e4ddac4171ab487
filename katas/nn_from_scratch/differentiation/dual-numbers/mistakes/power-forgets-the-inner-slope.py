"""The slope of x ** k is k x^(k-1), without the slope of x.

If x is the input itself, that is right. For (3 x) ** 2 it gives 6 x instead of 18 x: multiply by the slope
that the base brings along.
"""


class Dual:
    def __pow__(self, k):
        k = float(k)
        return Dual(self.value**k, k * self.value ** (k - 1.0) if k != 0.0 else 0.0)
