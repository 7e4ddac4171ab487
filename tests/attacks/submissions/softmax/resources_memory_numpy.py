"""Asks numpy for a hundred gigabytes, then for ever more.

A correct grader: stops at the limit.
Expect: limit
"""

import numpy as np


def softmax(*arguments, **named):
    try:
        return np.ones(10**10)
    except MemoryError:
        kept = []
        while True:
            kept.append(np.empty(10**6))


log_softmax = logsumexp = softmax
