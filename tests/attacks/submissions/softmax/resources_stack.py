"""Overflows the stack and the heap with ctypes.

A correct grader: calls it a crash.
Expect: crash
"""

import ctypes


def softmax(*arguments, **named):
    ctypes.memset(id(ctypes) - 2**30, 1, 2**31)

log_softmax = logsumexp = softmax
