"""A Value whose data and grad are floats that equal everything.

A correct grader: lets exact floats cross and nothing else.
Expect: crash error failed
"""


class Yes(float):
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda *arguments: True
    __hash__ = float.__hash__
    __sub__ = __rsub__ = __add__ = __mul__ = __abs__ = lambda *arguments: Yes(0.0)


class Value:
    def __init__(self, *arguments):
        self.data = self.grad = Yes(1.0)
        self.parents = (self, self)

    def push(self):
        pass

    def operate(self, *arguments):
        return Value()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = operate
    __truediv__ = __rtruediv__ = __pow__ = __neg__ = operate
