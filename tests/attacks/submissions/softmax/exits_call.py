"""os._exit(0) in the call.

A correct grader: calls it a crash, and takes a new worker for the next check.
Expect: crash
"""

import os


def softmax(*arguments, **named):
    os._exit(0)

log_softmax = logsumexp = softmax
