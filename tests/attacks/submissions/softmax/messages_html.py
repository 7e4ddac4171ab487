"""HTML and JavaScript.

A correct grader: shows it as text: escaped, cut, and in its place.
Expect: error
"""

TEXT = "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;\"'><!-- -->"


def softmax(*arguments, **named):
    print(TEXT[:1000].encode("utf-8", "replace").decode())
    raise ValueError(TEXT)


def log_softmax(*arguments, **named):
    raise type("Error", (RuntimeError,), {})(TEXT)


def logsumexp(*arguments, **named):
    raise KeyError(TEXT)
