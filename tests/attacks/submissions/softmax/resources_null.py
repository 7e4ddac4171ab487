"""Reads address 0.

A correct grader: calls it a crash (SIGSEGV).
Expect: crash
"""

import ctypes


def softmax(*arguments, **named):
    ctypes.string_at(0)

log_softmax = logsumexp = softmax
