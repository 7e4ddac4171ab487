"""os._exit(0) in an operator, SystemExit in an attribute.

A correct grader: calls it a crash or an error.
Expect: crash error failed
"""

import os


class Value:
    def __init__(self, *arguments):
        pass

    @property
    def data(self):
        raise SystemExit(0)

    def leave(self, *arguments):
        os._exit(0)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = leave
    __truediv__ = __rtruediv__ = __pow__ = __neg__ = leave
    push = leave
