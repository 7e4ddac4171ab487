"""Nothing: the untouched stub.

A correct grader: says that nothing is written yet, and gives no point.
Expect: error
"""


def softmax(*arguments, **named):
    raise NotImplementedError("kata softmax: not written yet")

log_softmax = logsumexp = softmax
