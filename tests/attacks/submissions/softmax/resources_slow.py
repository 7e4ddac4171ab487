"""Waits in every check a little less than the time limit, so that no check ever times out.

A correct grader: has one budget for the whole kata.
Expect: failed timeout
Varies: failed timeout
Hasty: yes
Marks: idle
"""

import time


def softmax(*arguments, **named):
    time.sleep(0.2)


log_softmax = logsumexp = softmax
