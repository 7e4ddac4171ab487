"""Returns an array and changes it in the calls that follow.

A correct grader: judges what came back when it came back, and shows the change.
Expect: failed passed
Marks: idle
"""

import numpy as np

given = []


def softmax(z, *arguments, **named):
    for old in given:
        old += 1.0
    given.append(np.zeros(np.shape(z)) - 1.0)
    return given[-1]


def log_softmax(z, *arguments, **named):
    return softmax(z) * 1j


logsumexp = log_softmax
