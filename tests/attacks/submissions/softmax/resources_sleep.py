"""Sleeps for years.

A correct grader: kills it when the check's time is over.
Expect: timeout
Hasty: yes
Marks: idle
"""

import time


def softmax(*arguments, **named):
    time.sleep(10**8)

log_softmax = logsumexp = softmax
