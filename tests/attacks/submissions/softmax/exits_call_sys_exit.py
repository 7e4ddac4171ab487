"""SystemExit(0) from the call, which could end the grader.

A correct grader: takes it for the learner's exception.
Expect: error
"""


def softmax(*arguments, **named):
    raise SystemExit(0)

log_softmax = logsumexp = softmax
