"""A message of eight million characters, a line of a million, a hundred thousand lines.

A correct grader: shows it as text: escaped, cut, and in its place.
Expect: error
"""

TEXT = "x" * 4_000_000 + "\n" * 100_000 + "y" * 4_000_000


def softmax(*arguments, **named):
    print(TEXT[:1000].encode("utf-8", "replace").decode())
    raise ValueError(TEXT)


def log_softmax(*arguments, **named):
    raise type("Error", (RuntimeError,), {})(TEXT)


def logsumexp(*arguments, **named):
    raise KeyError(TEXT)
