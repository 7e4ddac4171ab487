"""Fills the memory with bytes.

A correct grader: stops at the limit.
Expect: limit
"""


def softmax(*arguments, **named):
    kept = []
    while True:
        kept.append(bytes(10**7))

log_softmax = logsumexp = softmax
