"""A handle whose class has a name of markup, and one without an end.

A correct grader: takes identifiers for names and nothing else.
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
    forge(b"\x93\xa2ok\x93\xa1h\x01\xd9\x20<script>alert(1)</script>\x1b[2J\x0a\x0a\x0a\x90")


log_softmax = logsumexp = softmax
