"""A thread that wakes in the next check and closes or floods the wire.

A correct grader: loses that worker, takes another, and gives no point.
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

import threading
import time


def wake():
    time.sleep(0.003)
    for number in wires():
        os.write(number, b"\x00\x00\x00\x01\xc3" * 100)
        os.close(number)


def softmax(*arguments, **named):
    threading.Thread(target=wake, daemon=True).start()
    return None


log_softmax = logsumexp = softmax
