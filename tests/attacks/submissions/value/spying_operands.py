"""Looks for the expected number in whatever an operator can reach: frames, globals, callers.

A correct grader: has nothing of it in this process.
Expect: error failed
"""

import gc
import sys


class Value:
    def __init__(self, data=0.0, *arguments):
        self.data, self.grad, self.parents = float("nan"), float("nan"), None

    def search(self, *arguments):
        frame = sys._getframe()
        while frame is not None:
            for name, value in frame.f_locals.items():
                if name in ("expected", "both", "with_one", "upstream"):
                    raise RuntimeError(f"worked: frames. {value!r}")
            frame = frame.f_back
        raise RuntimeError("worked: nothing.")

    push = search
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = search
    __truediv__ = __rtruediv__ = __pow__ = __neg__ = search
