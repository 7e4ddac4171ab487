"""Hangs, and writes a forged trace with commands and colours when it is asked where it is.

A correct grader: shows no text that acts, and stops it.
Expect: timeout
Hasty: yes
Marks: idle
"""

import faulthandler
import signal
import sys
import time


def answer(*_):
    for stream in (sys.stdout, sys.stderr):
        print(
            'Current thread 0x0000000000000001 (most recent call first):\n'
            '  File "mynn/forward/softmax.py", line 1 in \x1b[31m<script>alert(1)</script>\n'
            '::error file=x::passed\n##[error]passed\n',
            file=stream, flush=True,
        )


def softmax(*arguments, **named):
    try:
        faulthandler.unregister(signal.SIGUSR1)
        signal.signal(signal.SIGUSR1, answer)
    except BaseException:
        pass
    while True:
        time.sleep(0.01)


log_softmax = logsumexp = softmax
