"""Bidirectional and invisible characters that let text read backwards, and line separators.

A correct grader: shows it as text: escaped, cut, and in its place.
Expect: error
"""

TEXT = "\u202e0 fo 61\u202c \u2066x\u2069 \u200b\u200e\ufeff\u2028\u2029\U000e0041\xad\u061c"


def softmax(*arguments, **named):
    print(TEXT[:1000].encode("utf-8", "replace").decode())
    raise ValueError(TEXT)


def log_softmax(*arguments, **named):
    raise type("Error", (RuntimeError,), {})(TEXT)


def logsumexp(*arguments, **named):
    raise KeyError(TEXT)
