"""A subclass of ndarray whose functions say True.

A correct grader: lets exact built-in types cross and nothing else.
Expect: failed
"""

import numpy as np


class Yes(np.ndarray):
    def __array_ufunc__(self, *arguments, **named):
        return True

    def __array_function__(self, *arguments, **named):
        return True


def softmax(z, *arguments, **named):
    return np.zeros(np.shape(z)).view(Yes)


log_softmax = logsumexp = softmax
