"""A dict of 5000 keys that all have the same hash.

A correct grader: stops at sixty-four.
Expect: crash failed
Varies: crash failed
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
    keys = b"".join(b"\x92\x93\xa1c" + struct.pack(">BdBd", 0xCB, -1000003.0 * k, 0xCB, float(k))
                    + b"\x00" for k in range(1, 5_000))
    forge(b"\x93\xa2ok\x92\xa1d\xdd" + struct.pack(">I", 4_999) + keys + b"\x90")


log_softmax = logsumexp = softmax
