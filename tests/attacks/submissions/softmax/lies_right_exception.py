"""Raises ValueError in every call, with the words of a refusal: some checks want that for some arguments.

A correct grader: asks for values beside every argument that must be refused.
Expect: error failed passed
Varies: error failed passed
Marks: idle
"""


def softmax(*arguments, **named):
    raise ValueError("shapes do not match")


log_softmax = logsumexp = softmax
