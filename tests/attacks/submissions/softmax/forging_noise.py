"""Sends bytes that are not a frame in place of the answer.

A correct grader: calls it a crash.
Expect: crash
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


def softmax(*arguments, **named):
    forge(b"\xff\xfe\x00passed")


log_softmax = logsumexp = softmax
