"""Loops without end in operators and attributes.

A correct grader: kills it when the check's time is over.
Expect: failed timeout
Hasty: yes
"""


class Value:
    def __init__(self, *arguments):
        pass

    def loop(self, *arguments):
        while True:
            pass

    data = property(loop)
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = loop
    __truediv__ = __rtruediv__ = __pow__ = __neg__ = loop
    push = loop
