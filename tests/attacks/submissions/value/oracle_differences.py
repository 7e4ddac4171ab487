"""A Value that measures its slopes instead of deriving them: a step in the imaginary direction.

A correct grader: gives it every point: the answers are right, and no isolation can tell.
Expect: failed passed
Marks: most
"""

from numbers import Real

STEP = 1e-200


def number(x):
    if not isinstance(x, Real):
        raise TypeError("no real number")
    return float(x)


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        self.data, self.grad = number(data), 0.0
        self.parents, self.op, self.slopes = parents, op, slopes

    def push(self):
        for i, parent in enumerate(self.parents):
            parent.grad += self.slopes[i] * self.grad

    def apply(self, f, *others):
        operands = [self, *(x if isinstance(x, Value) else Value(x) for x in others)]
        at = [x.data for x in operands]
        slopes = []
        for i in range(len(at)):
            moved = [complex(x, STEP if j == i else 0.0) for j, x in enumerate(at)]
            slopes.append(f(*moved).imag / STEP)
        return Value(f(*at), tuple(operands), "measured", tuple(slopes))

    def __add__(self, other):
        return self.apply(lambda a, b: a + b, other)

    def __sub__(self, other):
        return self.apply(lambda a, b: a - b, other)

    def __mul__(self, other):
        return self.apply(lambda a, b: a * b, other)

    def __truediv__(self, other):
        return self.apply(lambda a, b: a / b, other)

    def __radd__(self, other):
        return Value(other) + self

    def __rsub__(self, other):
        return Value(other) - self

    def __rmul__(self, other):
        return Value(other) * self

    def __rtruediv__(self, other):
        return Value(other) / self

    def __neg__(self):
        return self.apply(lambda a: -a)

    def __pow__(self, k):
        k = number(k)
        return self.apply(lambda a: a ** (int(k) if k == int(k) else k) if k else a * 0 + 1.0)

    def backward(self):
        from .backward import backward

        backward(self)

    def tanh(self):
        from .tanh import tanh

        return tanh(self)
