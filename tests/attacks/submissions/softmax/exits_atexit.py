"""Wrong answers, and a handler at exit that turns the exit status into 0.

A correct grader: never asks for the exit status.
Expect: failed passed
Marks: idle
"""

import atexit
import os

atexit.register(os._exit, 0)


def softmax(*arguments, **named):
    return None


log_softmax = logsumexp = softmax
