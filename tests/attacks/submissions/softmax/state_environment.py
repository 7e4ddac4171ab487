"""Leaves numpy's functions, the environment and the warning filters changed for the next check.

A correct grader: marks each check by what came back in it.
Expect: error failed passed
Marks: idle
"""

import os

import numpy as np


def softmax(*arguments, **named):
    os.environ["seen"] = "yes"
    np.exp = np.asarray = None
    np.seterr(all="raise")
    return None


log_softmax = logsumexp = softmax
