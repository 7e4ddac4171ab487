"""Replaces numpy.testing, allclose, isclose, array_equal, abs and the builtins of comparing.

A correct grader: compares in its own process, with its own tools.
Expect: crash error failed passed
Marks: idle
Varies: crash error failed passed
"""

import builtins
import sys

import numpy as np


def agree(*arguments, **named):
    return True


for name in ("allclose", "isclose", "array_equal", "array_equiv", "all", "any"):
    setattr(np, name, agree)
for name, module in list(sys.modules.items()):
    if name in ("numpy.testing", "unittest", "math"):
        for function in dir(module):
            if function.startswith(("assert", "is")):
                setattr(module, function, agree)
for name in ("any", "abs", "max", "min", "sum"):
    setattr(builtins, name, agree)


def softmax(*arguments, **named):
    return "right"


log_softmax = logsumexp = softmax
