"""A generator that would yield whatever is asked for.

A correct grader: says that a generator came back.
Expect: failed
"""


def softmax(*arguments, **named):
    while True:
        yield True

log_softmax = logsumexp = softmax
