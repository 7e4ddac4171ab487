"""Ignores every signal that can be ignored, sets alarms, and loops.

A correct grader: kills it when the check's time is over.
Expect: timeout
Hasty: yes
Marks: idle
"""

import contextlib
import signal


def softmax(*arguments, **named):
    for number in range(1, 65):
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    while True:
        pass

log_softmax = logsumexp = softmax
