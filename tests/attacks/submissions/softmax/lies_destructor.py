"""Objects whose __del__ sends answers, raises or exits.

A correct grader: sees a wrong value, and at most a crash.
Expect: crash failed passed
Varies: crash failed passed
Marks: idle
"""

import os
import socket
import stat
import struct


def wires():
    """Find every descriptor that is a socket: one of them is the wire."""
    found = []
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                found.append(number)
        except OSError:
            pass
    return found


def forge(*frames):
    """Send bytes to the grader as if they were answers."""
    for body in frames:
        for number in wires():
            os.write(number, struct.pack(">I", len(body)) + body)


class Last:
    def __del__(self):
        forge(b"\x93\xa2ok\xc3\x90")
        raise SystemExit(0)


def softmax(*arguments, **named):
    Last()
    return None


log_softmax = logsumexp = softmax
