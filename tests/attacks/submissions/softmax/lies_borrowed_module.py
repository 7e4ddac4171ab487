"""A class that claims to come from a given module of the course, so that it crosses as a handle.

A correct grader: takes it for an object and not for a number.
Expect: error failed
"""


class Summary:
    __module__ = "mynn.forward"
    __float__ = __array__ = lambda *arguments: 1.0


Summary.__module__ = "mynn.digits.report"


def softmax(*arguments, **named):
    return Summary()


log_softmax = logsumexp = softmax
