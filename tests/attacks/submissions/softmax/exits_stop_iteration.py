"""StopIteration from the call, which ends loops in a check without a word.

A correct grader: takes it for an error.
Expect: error
"""


def softmax(*arguments, **named):
    raise StopIteration

log_softmax = logsumexp = softmax
