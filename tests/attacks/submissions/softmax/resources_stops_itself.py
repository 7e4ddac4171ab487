"""Stops itself with SIGSTOP, so that nothing answers.

A correct grader: kills it when the check's time is over.
Expect: timeout
Hasty: yes
Marks: idle
"""

import os
import signal


def softmax(*arguments, **named):
    os.kill(os.getpid(), signal.SIGSTOP)

log_softmax = logsumexp = softmax
