"""Wrong: a central difference instead of a slope that is carried along."""

import math


def to_dual(x):
    if isinstance(x, Dual):
        return x
    return Dual(x, 0.0)


class Dual:
    def __init__(self, value, deriv=0.0):
        self.value = float(value)
        self.deriv = float(deriv)

    def __repr__(self):
        return f"Dual({self.value}, {self.deriv})"

    def __add__(self, other):
        other = to_dual(other)
        return Dual(self.value + other.value, self.deriv + other.deriv)

    __radd__ = __add__

    def __neg__(self):
        return Dual(-self.value, -self.deriv)

    def __sub__(self, other):
        other = to_dual(other)
        return Dual(self.value - other.value, self.deriv - other.deriv)

    def __rsub__(self, other):
        return to_dual(other).__sub__(self)

    def __mul__(self, other):
        other = to_dual(other)
        return Dual(
            self.value * other.value, self.deriv * other.value + other.deriv * self.value
        )

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = to_dual(other)
        q = self.value / other.value
        return Dual(q, (self.deriv - q * other.deriv) / other.value)

    def __rtruediv__(self, other):
        return to_dual(other).__truediv__(self)

    def __pow__(self, k):
        if isinstance(k, Dual):
            raise TypeError("the exponent must be a plain number")
        if k == 0:
            return Dual(1.0, 0.0)
        return Dual(self.value**k, k * self.value ** (k - 1) * self.deriv)

    def __lt__(self, other):
        return self.value < to_dual(other).value

    def __le__(self, other):
        return self.value <= to_dual(other).value

    def __gt__(self, other):
        return self.value > to_dual(other).value

    def __ge__(self, other):
        return self.value >= to_dual(other).value

    def tanh(self):
        t = math.tanh(self.value)
        return Dual(t, (1 - t**2) * self.deriv)

    def exp(self):
        e = math.exp(self.value)
        return Dual(e, e * self.deriv)

    def log(self):
        return Dual(math.log(self.value), self.deriv / self.value)

    def sin(self):
        return Dual(math.sin(self.value), self.deriv * math.cos(self.value))

    def cos(self):
        return Dual(math.cos(self.value), -self.deriv * math.sin(self.value))


def derivative(f, x):
    h = 1e-6
    above, below = to_dual(f(Dual(x + h))), to_dual(f(Dual(x - h)))
    return (above.value - below.value) / (2 * h)


def jvp(f, xs, vs):
    if len(xs) != len(vs):
        raise ValueError("xs and vs must have the same length")
    out = f([Dual(x, v) for x, v in zip(xs, vs)])
    out = [to_dual(y) for y in out]
    return [y.value for y in out], [y.deriv for y in out]
