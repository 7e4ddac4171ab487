"""Each operation with its own branch for plain numbers; other operations made of these."""

import math


class Dual:
    __slots__ = ("deriv", "value")

    def __init__(self, value, deriv=0.0):
        self.value = float(value)
        self.deriv = float(deriv)

    def __add__(self, other):
        if isinstance(other, Dual):
            return Dual(self.value + other.value, self.deriv + other.deriv)
        return Dual(self.value + other, self.deriv)

    def __radd__(self, other):
        return self + other

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if isinstance(other, Dual):
            return Dual(
                self.value * other.value, self.value * other.deriv + other.value * self.deriv
            )
        return Dual(self.value * other, self.deriv * other)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        if not isinstance(other, Dual):
            return Dual(self.value / float(other), self.deriv / float(other))
        ratio = self.value / other.value
        return Dual(ratio, self.deriv / other.value - ratio * (other.deriv / other.value))

    def __rtruediv__(self, other):
        return Dual(other) / self

    def __pow__(self, k):
        assert not isinstance(k, Dual)
        if k == 0:
            return Dual(1.0, 0.0)
        return Dual(math.pow(self.value, k) if self.value else self.value**k,
                    k * self.value ** (k - 1) * self.deriv)  # fmt: skip

    def __lt__(self, other):
        return self.value < (other.value if isinstance(other, Dual) else other)

    def __ge__(self, other):
        return not self < other

    def __gt__(self, other):
        return self.value > (other.value if isinstance(other, Dual) else other)

    def __le__(self, other):
        return not self > other

    def _chain(self, value, slope):
        return Dual(value, slope * self.deriv)

    def tanh(self):
        y = math.tanh(self.value)
        return self._chain(y, (1 - y) * (1 + y))

    def exp(self):
        return self._chain(math.exp(self.value), math.exp(self.value))

    def log(self):
        if self.value <= 0:
            raise ValueError("log of a number that is not positive")
        return self._chain(math.log(self.value), 1.0 / self.value)

    def sin(self):
        return self._chain(math.sin(self.value), math.cos(self.value))

    def cos(self):
        return self._chain(math.cos(self.value), -math.sin(self.value))


def derivative(f, x):
    return float(getattr(f(Dual(x, 1.0)), "deriv", 0.0))


def jvp(f, xs, vs):
    if len(xs) != len(vs):
        raise ValueError("as many velocities as numbers")
    inputs = [Dual(xs[i], vs[i]) for i in range(len(xs))]
    values, slopes = [], []
    for y in f(inputs):
        if not isinstance(y, Dual):
            y = Dual(y)
        values.append(y.value)
        slopes.append(y.deriv)
    return values, slopes
