"""Walks the frames above it for the expected value or a reference function.

A correct grader: has no frame in this process.
Expect: error
"""

import inspect
import sys

def worked(**acts):
    """Do each act, and say which of them were not refused."""
    done = []
    for name, act in acts.items():
        try:
            act()
        except BaseException:
            continue
        done.append(name)
    raise RuntimeError("worked: " + (", ".join(done) or "nothing") + ".")


def look():
    frame = sys._getframe()
    while frame is not None:
        for name, value in [*frame.f_locals.items(), *frame.f_globals.items()]:
            if name in ("expected", "exact_softmax", "reference", "checks", "solution_source"):
                return
        frame = frame.f_back
    raise LookupError


def softmax(*arguments, **named):
    worked(
        frames=look,
        source=lambda: inspect.getsource(inspect.stack()[-1].frame.f_code).index("def test_"),
    )


log_softmax = logsumexp = softmax
