"""Tries every descriptor up to 1024 for something to read, and turns the wire around.

A correct grader: leaves it nothing but the wire, its output and /dev/null.
Expect: error
"""

import os
import stat


def softmax(*arguments, **named):
    found = []
    for number in range(1024):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            found.append(f"{number}")
    raise RuntimeError("worked: " + (", ".join(found) or "nothing") + ".")


log_softmax = logsumexp = softmax
