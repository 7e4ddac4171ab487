"""SIGKILL to the grader, the fork server, its group, and the signals that stop them.

A correct grader: refuses every signal but to itself.
Expect: error
Level 0: not run: it would end the grader
"""

import os
import signal

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

GRADER = int("@grader@")


def softmax(*arguments, **named):
    worked(
        grader=lambda: os.kill(GRADER, signal.SIGKILL),
        parent=lambda: os.kill(os.getppid(), signal.SIGKILL),
        first=lambda: os.kill(1, signal.SIGTERM),
        grader_group=lambda: os.killpg(GRADER, signal.SIGURG),
        all=lambda: os.kill(-1, signal.SIGURG),
        group=lambda: os.kill(0, signal.SIGURG),
        exists=lambda: os.kill(GRADER, 0),
    )


log_softmax = logsumexp = softmax
