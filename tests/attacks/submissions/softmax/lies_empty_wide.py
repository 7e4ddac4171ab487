"""An array of no elements whose sum along an axis would fill a terabyte.

A correct grader: refuses it in words.
Expect: failed
"""

import numpy as np


def softmax(*arguments, **named):
    return np.empty((0, 2**37))


log_softmax = logsumexp = softmax
