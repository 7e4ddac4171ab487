"""A regular expression that takes exponential time.

A correct grader: kills it when the check's time is over.
Expect: timeout
Hasty: yes
Marks: idle
"""

import re


def softmax(*arguments, **named):
    re.match("(a+)+$", "a" * 60 + "b")

log_softmax = logsumexp = softmax
