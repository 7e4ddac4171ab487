"""Threads that are not daemons and never end.

A correct grader: does not wait for them.
Expect: failed passed
Marks: idle
"""

import threading
import time


def softmax(*arguments, **named):
    threading.Thread(target=time.sleep, args=(10**6,)).start()
    return None


log_softmax = logsumexp = softmax
