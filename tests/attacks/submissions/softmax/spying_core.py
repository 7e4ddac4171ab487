"""Asks for a core file of its memory and dies.

A correct grader: has set the limit for core files to 0.
Expect: crash
"""

import contextlib
import os
import resource


def softmax(*arguments, **named):
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (2**20, 2**20))
    os.abort()


log_softmax = logsumexp = softmax
