"""An object with __array__ that answers differently each time.

A correct grader: never calls it.
Expect: failed
"""

import itertools

import numpy as np

numbers = itertools.count()


class Later:
    shape = (5, 3)
    dtype = np.dtype(float)
    __array_interface__ = {"shape": (1,), "typestr": "<f8", "data": (0, False), "version": 3}

    def __array__(self, *arguments, **named):
        return np.full((5, 3), next(numbers))


def softmax(*arguments, **named):
    return Later()


log_softmax = logsumexp = softmax
