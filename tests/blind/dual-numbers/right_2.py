"""Right: numpy functions, numpy floats turned into floats at the end, and no helper class method."""

import numpy as np


def val(x):
    return x.value if hasattr(x, "deriv") else float(x)


def der(x):
    return x.deriv if hasattr(x, "deriv") else 0.0


class Dual:
    def __init__(self, value, deriv=0.0):
        self.value, self.deriv = float(value), float(deriv)

    def __add__(self, o):
        return Dual(val(self) + val(o), der(self) + der(o))

    def __sub__(self, o):
        return Dual(val(self) - val(o), der(self) - der(o))

    def __mul__(self, o):
        return Dual(val(self) * val(o), val(self) * der(o) + der(self) * val(o))

    def __truediv__(self, o):
        return Dual(val(self) / val(o), der(self) / val(o) - val(self) / val(o) * der(o) / val(o))

    def __radd__(self, o):
        return Dual(o) + self

    def __rsub__(self, o):
        return Dual(o) - self

    def __rmul__(self, o):
        return Dual(o) * self

    def __rtruediv__(self, o):
        return Dual(o) / self

    def __neg__(self):
        return Dual(0) - self

    def __pow__(self, k):
        k = float(k)
        slope = 0.0 if k == 0.0 else k * self.value ** (k - 1.0)
        return Dual(self.value**k, slope * self.deriv)

    def __lt__(self, o):
        return self.value < val(o)

    def __gt__(self, o):
        return self.value > val(o)

    def __le__(self, o):
        return self.value <= val(o)

    def __ge__(self, o):
        return self.value >= val(o)

    def tanh(self):
        return Dual(np.tanh(self.value), self.deriv * (1 - np.tanh(self.value) ** 2))

    def exp(self):
        return Dual(np.exp(self.value), self.deriv * np.exp(self.value))

    def log(self):
        if not self.value > 0:
            raise ValueError("log needs a positive number")
        return Dual(np.log(self.value), self.deriv / self.value)

    def sin(self):
        return Dual(np.sin(self.value), self.deriv * np.cos(self.value))

    def cos(self):
        return Dual(np.cos(self.value), -self.deriv * np.sin(self.value))


def derivative(f, x):
    return der(f(Dual(x, 1)))


def jvp(f, xs, vs):
    n = len(list(xs))
    if n != len(list(vs)):
        raise ValueError(f"{n} inputs")
    ys = f([Dual(xs[i], vs[i]) for i in range(n)])
    return [val(y) for y in ys], [der(y) for y in ys]
