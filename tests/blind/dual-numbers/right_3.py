"""Right: everything is built from one chain rule for one or two operands."""

import math
import operator


class Dual:
    def __init__(self, value, deriv=0.0):
        self.value = float(value)
        self.deriv = float(deriv)

    @staticmethod
    def lift(thing):
        return thing if isinstance(thing, Dual) else Dual(thing)

    def chain(self, value, slope):
        return Dual(value, slope * self.deriv)

    def both(self, other, value, left, right):
        return Dual(value, left * self.deriv + right * other.deriv)

    def __add__(self, other):
        other = Dual.lift(other)
        return self.both(other, self.value + other.value, 1, 1)

    def __sub__(self, other):
        other = Dual.lift(other)
        return self.both(other, self.value - other.value, 1, -1)

    def __mul__(self, other):
        other = Dual.lift(other)
        return self.both(other, self.value * other.value, other.value, self.value)

    def __truediv__(self, other):
        other = Dual.lift(other)
        value = self.value / other.value
        return self.both(other, value, 1 / other.value, -value / other.value)

    def __radd__(self, other):
        return Dual.lift(other) + self

    def __rsub__(self, other):
        return Dual.lift(other) - self

    def __rmul__(self, other):
        return Dual.lift(other) * self

    def __rtruediv__(self, other):
        return Dual.lift(other) / self

    def __neg__(self):
        return self.chain(-self.value, -1)

    def __pow__(self, k):
        if isinstance(k, Dual):
            return NotImplemented
        return self.chain(self.value**k, k * self.value ** (k - 1) if k else 0)

    def compare(self, other, how):
        return how(self.value, Dual.lift(other).value)

    def __lt__(self, other):
        return self.compare(other, operator.lt)

    def __le__(self, other):
        return self.compare(other, operator.le)

    def __gt__(self, other):
        return self.compare(other, operator.gt)

    def __ge__(self, other):
        return self.compare(other, operator.ge)

    def tanh(self):
        if abs(self.value) > 300:
            return self.chain(math.copysign(1, self.value), 0)
        return self.chain(math.tanh(self.value), 1 / math.cosh(self.value) ** 2)

    def exp(self):
        return self.chain(math.exp(self.value), math.exp(self.value))

    def log(self):
        return self.chain(math.log(self.value), 1 / self.value)

    def sin(self):
        return self.chain(math.sin(self.value), math.cos(self.value))

    def cos(self):
        return self.chain(math.cos(self.value), -math.sin(self.value))


def derivative(f, x):
    result = f(Dual(x, 1.0))
    if isinstance(result, Dual):
        return result.deriv
    return 0.0


def jvp(f, xs, vs):
    if len(xs) != len(vs):
        raise ValueError("one velocity for each number")
    values, slopes = [], []
    for y in f(list(map(Dual, xs, vs))):
        y = Dual.lift(y)
        values.append(y.value)
        slopes.append(y.deriv)
    return values, slopes
