"""Exceptions named Skipped, Exit and XFailed, as test runners know them.

A correct grader: goes by identity, never by name.
Expect: error
"""

import itertools

Skipped = type("Skipped", (Exception,), {"__module__": "builtins", "allow_module_level": True})
Exit = type("Exit", (Exception,), {"__module__": "_pytest.outcomes", "returncode": 0})
XFailed = type("XFailed", (Exception,), {"__module__": "_pytest.outcomes"})
SkipTest = type("SkipTest", (Exception,), {"__module__": "unittest.case"})
kinds = itertools.cycle([Skipped, Exit, XFailed, SkipTest])


def softmax(*arguments, **named):
    raise next(kinds)("passed")


log_softmax = logsumexp = softmax
