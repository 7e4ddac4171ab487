"""Workflow commands of CI systems, at the start of lines.

A correct grader: shows it as text: escaped, cut, and in its place.
Expect: error
"""

TEXT = "\n::error file=x::y\n::set-output name=score::16\n::add-mask::x\n##[error]z\n%0A::stop-commands::x"


def softmax(*arguments, **named):
    print(TEXT[:1000].encode("utf-8", "replace").decode())
    raise ValueError(TEXT)


def log_softmax(*arguments, **named):
    raise type("Error", (RuntimeError,), {})(TEXT)


def logsumexp(*arguments, **named):
    raise KeyError(TEXT)
