"""Sends answers for the next calls before they are asked.

A correct grader: drops a worker that says what nobody asked; the answers are wrong anyway.
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

ANSWER = b"\x93\xa2ok\xcb?\xf0\x00\x00\x00\x00\x00\x00\x90"  # ["ok", 1.0, []]


def softmax(*arguments, **named):
    forge(ANSWER, ANSWER, ANSWER)
    return 1.0


log_softmax = logsumexp = softmax
