"""Puts os.environ into the message.

A correct grader: starts it with six variables of no meaning.
Expect: error
"""

import os


def softmax(*arguments, **named):
    raise RuntimeError(repr(dict(os.environ)) + repr(os.environb))


log_softmax = logsumexp = softmax
