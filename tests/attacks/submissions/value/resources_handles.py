"""Five thousand objects for every call, so that the grader holds a handle of each.

A correct grader: weighs a check's answers together.
Expect: error failed limit
"""


class Value:
    def __init__(self, *arguments):
        self.data = self.grad = 0.0

    @property
    def parents(self):
        return [Value() for _ in range(5_000)]

    def operate(self, *arguments):
        return [Value() for _ in range(5_000)]

    push = operate
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = operate
    __truediv__ = __rtruediv__ = __pow__ = __neg__ = operate
