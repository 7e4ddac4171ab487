"""Starts threads without end.

A correct grader: stops at a number of threads.
Expect: error limit timeout
Varies: error limit timeout
Level 0: not run: it would start threads without end
Hasty: yes
"""

import threading
import time


def softmax(*arguments, **named):
    threading.stack_size(2**15)
    while True:
        threading.Thread(target=time.sleep, args=(10**6,), daemon=True).start()


log_softmax = logsumexp = softmax
