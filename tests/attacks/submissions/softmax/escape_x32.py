"""Calls by the numbers of the x32 table, which a filter of x86-64 numbers may not know.

A correct grader: refuses every number with that bit.
Expect: error
Level 0: not run: it could fork
"""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    """Make a system call of x86-64."""
    if libc.syscall(ctypes.c_long(number), *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")

def worked(**acts):
    """Do each act, and say which of them were not refused."""
    done = []
    for name, act in acts.items():
        try:
            act()
        except BaseException:
            continue
        done.append(name)
    raise RuntimeError("worked: " + (", ".join(done) or "nothing") + ".")

X32 = 0x40000000


def softmax(*arguments, **named):
    worked(
        getpid=lambda: call(X32 | 39),
        socket=lambda: call(X32 | 41, 2, 1, 0),
        fork=lambda: call(X32 | 57),
        execve=lambda: call(X32 | 520, b"/bin/sh", 0, 0),
        ptrace=lambda: call(X32 | 521, 0, 0, 0, 0),
    )


log_softmax = logsumexp = softmax
