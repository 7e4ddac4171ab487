"""Formulas that a spreadsheet runs.

A correct grader: shows it as text: escaped, cut, and in its place.
Expect: error
"""

TEXT = "=1+1\n+1\n-1\n@SUM(1)\n\t=HYPERLINK(\"http://127.0.0.1/\")"


def softmax(*arguments, **named):
    print(TEXT[:1000].encode("utf-8", "replace").decode())
    raise ValueError(TEXT)


def log_softmax(*arguments, **named):
    raise type("Error", (RuntimeError,), {})(TEXT)


def logsumexp(*arguments, **named):
    raise KeyError(TEXT)
