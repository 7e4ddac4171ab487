"""Markdown: tables, links, code fences and details that end the report's own.

A correct grader: shows it as text: escaped, cut, and in its place.
Expect: error
"""

TEXT = "| a | b |\n|---|---|\n| 16 | 16 |\n```\n</details>\n# 16 of 16\n[x](javascript:alert(1)) ![y](http://127.0.0.1/z)"


def softmax(*arguments, **named):
    print(TEXT[:1000].encode("utf-8", "replace").decode())
    raise ValueError(TEXT)


def log_softmax(*arguments, **named):
    raise type("Error", (RuntimeError,), {})(TEXT)


def logsumexp(*arguments, **named):
    raise KeyError(TEXT)
