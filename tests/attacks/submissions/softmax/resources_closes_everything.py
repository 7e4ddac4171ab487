"""Closes every descriptor, the wire included, and lives on.

A correct grader: waits a moment, then kills it.
Expect: crash
Hasty: yes
"""

import os
import time


def softmax(*arguments, **named):
    os.closerange(0, 64)
    time.sleep(10**6)


log_softmax = logsumexp = softmax
