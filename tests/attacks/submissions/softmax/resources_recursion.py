"""Recurses without end, in Python and in C, with the limit raised.

A correct grader: sees an exception or a crash.
Expect: crash error
"""

import sys


class Deep:
    def __repr__(self):
        return repr(self)


def softmax(*arguments, **named):
    sys.setrecursionlimit(2**30)
    return repr(Deep())


def log_softmax(*arguments, **named):
    log_softmax()


logsumexp = log_softmax
