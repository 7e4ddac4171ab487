"""Prints without end, on both streams.

A correct grader: stops at the limit.
Expect: limit
"""

import sys


def softmax(*arguments, **named):
    while True:
        print("x" * 10_000)
        print("y" * 10_000, file=sys.stderr)

log_softmax = logsumexp = softmax
