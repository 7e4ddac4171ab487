"""Nothing: every function returns None.

A correct grader: gives it no point: no check is passed by any answer at all.
Expect: failed
"""


def softmax(*arguments, **named):
    return None

log_softmax = logsumexp = softmax
