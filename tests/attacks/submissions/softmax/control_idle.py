"""Nothing: every function returns None.

A correct grader: gives it the points of the checks that any answer passes.
Expect: failed passed
Marks: idle
"""


def softmax(*arguments, **named):
    return None

log_softmax = logsumexp = softmax
