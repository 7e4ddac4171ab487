"""Reads the wire empty, so that requests are lost, and never answers.

A correct grader: kills it when the check's time is over.
Expect: timeout
Hasty: yes
Marks: idle
"""

import contextlib
import os


def softmax(*arguments, **named):
    for number in range(3, 64):
        with contextlib.suppress(OSError):
            os.set_blocking(number, True)
            os.read(number, 10)

log_softmax = logsumexp = softmax
