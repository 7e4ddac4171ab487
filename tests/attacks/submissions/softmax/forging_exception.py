"""Forges an exception of the class `exit`, `__import__` or SystemExit in the answer.

A correct grader: builds nothing but built-in exceptions.
Expect: crash error
Varies: crash error
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

import itertools

NAMES = itertools.cycle([b"exit", b"__import__", b"SystemExit", b"ExceptionGroup", b"breakpoint"])


def softmax(*arguments, **named):
    name = next(NAMES)
    short = bytes([0xA0 + len(name)]) + name
    forge(b"\x96\xa6raised" + short + short + b"\xa4done\x90\x90")


log_softmax = logsumexp = softmax
