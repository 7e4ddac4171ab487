"""A list that holds itself, and one of a thousand levels.

A correct grader: stops at forty levels.
Expect: failed
"""


def softmax(*arguments, **named):
    deep = []
    deep.append(deep)
    return deep


def log_softmax(*arguments, **named):
    deep = []
    for _ in range(900):
        deep = [deep]
    return deep


logsumexp = log_softmax
