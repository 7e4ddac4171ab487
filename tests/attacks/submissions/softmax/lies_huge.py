"""An array of a terabyte that takes no memory here: a broadcast view.

A correct grader: stops at the limit.
Expect: error failed limit
Varies: error failed limit
"""

import numpy as np


def softmax(*arguments, **named):
    return np.broadcast_to(np.zeros(1), (2**37,))


log_softmax = logsumexp = softmax
