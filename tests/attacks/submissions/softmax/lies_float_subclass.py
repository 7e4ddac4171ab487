"""Arrays of objects, and a subclass of float that equals everything.

A correct grader: lets exact built-in types cross and nothing else.
Expect: failed
"""

import numpy as np


class Yes(float):
    __eq__ = __le__ = __lt__ = lambda *arguments: True
    __hash__ = float.__hash__

    def __sub__(self, other):
        return 0.0

    __rsub__ = __abs__ = __sub__


def softmax(z, *arguments, **named):
    made = np.empty(np.shape(z), object)
    made[...] = Yes(1.0)
    return made


def log_softmax(z, *arguments, **named):
    return Yes(1.0)


logsumexp = log_softmax
