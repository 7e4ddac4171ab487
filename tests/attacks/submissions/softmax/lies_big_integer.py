"""Whole numbers of a hundred million bits, which would keep a grader multiplying.

A correct grader: refuses them in words.
Expect: failed
"""

BIG = 1 << 100_000_000


def softmax(*arguments, **named):
    return BIG


log_softmax = logsumexp = softmax
