"""Maps memory past Python's allocator.

A correct grader: stops at the limit.
Expect: error limit
"""

import mmap


def softmax(*arguments, **named):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 2**26))
        kept[-1].write(b"x")


log_softmax = logsumexp = softmax
