"""Forks without end.

A correct grader: refuses the first fork.
Expect: error
Level 0: not run: it would fork without end
"""

import os


def softmax(*arguments, **named):
    while True:
        os.fork()


log_softmax = logsumexp = softmax
