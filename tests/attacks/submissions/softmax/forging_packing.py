"""Replaces the worker's packing, so that a lying object crosses as whatever it wants.

A correct grader: decodes exact types only; the value is wrong.
Expect: failed passed
Marks: idle
"""

import gc
import types

import numpy as np

for thing in gc.get_objects():
    if isinstance(thing, types.FunctionType) and thing.__name__ == "pack":
        thing.__code__ = (lambda value, foreign=None, depth=0: ["t", [True, "passed"]]).__code__


def softmax(*arguments, **named):
    return np.float64(1.0)


log_softmax = logsumexp = softmax
