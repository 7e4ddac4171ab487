"""Terminal control: colours, a cleared screen, a title, a link, a carriage return over the line.

A correct grader: shows it as text: escaped, cut, and in its place.
Expect: error
"""

TEXT = "\x1b[2J\x1b[1;1H\x1b]0;owned\x07\x1b]8;;http://127.0.0.1/\x07\r16 of 16 points\x08\x9b31m\x00\x0b\x0c\x85"


def softmax(*arguments, **named):
    print(TEXT[:1000].encode("utf-8", "replace").decode())
    raise ValueError(TEXT)


def log_softmax(*arguments, **named):
    raise type("Error", (RuntimeError,), {})(TEXT)


def logsumexp(*arguments, **named):
    raise KeyError(TEXT)
