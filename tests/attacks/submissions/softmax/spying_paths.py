"""Asks whether paths exist, without reading them.

A correct grader: hides them on level 2; on level 1 a path can be seen, and that is said.
Expect: error
Level 1 lets: checks, beside, users
"""

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

import os


def softmax(*arguments, **named):
    worked(
        checks=lambda: os.stat("@checks@"),
        beside=lambda: os.stat("@beside@"),
        listing=lambda: os.listdir(os.path.dirname("@checks@")),
        root=lambda: os.listdir("/"),
        users=lambda: os.stat("/home"),
    )


log_softmax = logsumexp = softmax
