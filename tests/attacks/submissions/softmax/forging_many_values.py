"""A frame of a million empty lists, sixty times as large once it is made.

A correct grader: counts them before it makes them.
Expect: limit
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
    forge(b"\x93\xa2ok\xdd\x00\x11\x00\x00" + b"\x90" * 0x110000 + b"\x90")


log_softmax = logsumexp = softmax
