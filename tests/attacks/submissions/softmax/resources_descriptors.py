"""Opens descriptors without end: files, copies, pipes, sockets.

A correct grader: stops at sixty-four, and refuses pipes and sockets.
Expect: error
"""

import os
import socket

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


def many(make):
    for _ in range(100):
        make()


def softmax(*arguments, **named):
    worked(
        files=lambda: many(lambda: os.open("/dev/null", os.O_RDONLY)),
        copies=lambda: many(lambda: os.dup(0)),
        pipes=os.pipe,
        sockets=socket.socketpair,
        events=lambda: os.eventfd(0),
    )


log_softmax = logsumexp = softmax
