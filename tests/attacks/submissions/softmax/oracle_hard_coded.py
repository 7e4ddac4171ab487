"""Answers from a table: right for the example of the exercise text and for nothing else.

A correct grader: draws its inputs by a seed that nobody knows beforehand.
Expect: failed passed
Marks: idle
"""

import numpy as np

TABLE = {(1.0, 2.0, 3.0): [0.09003057317038046, 0.24472847105479767, 0.6652409557748219]}


def softmax(z, *arguments, **named):
    return np.array(TABLE.get(tuple(np.ravel(z).tolist()), [0.0]))


def log_softmax(*arguments, **named):
    return None


logsumexp = log_softmax
