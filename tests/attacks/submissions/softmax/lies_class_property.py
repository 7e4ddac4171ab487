"""A __class__ property and a metaclass that claim to be ndarray and float.

A correct grader: asks for the type itself.
Expect: failed
Varies: crash failed
"""

import numpy as np


class Meta(type):
    def __instancecheck__(cls, other):
        return True

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(float)

    __name__ = "float"
    mro = lambda cls: type.mro(cls)


class Claims(metaclass=Meta):
    __class__ = np.ndarray
    shape, ndim, size, dtype = (5, 3), 2, 15, np.dtype(float)


def softmax(*arguments, **named):
    return Claims()


log_softmax = logsumexp = softmax
