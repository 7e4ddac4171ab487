"""Makes memory, queues and semaphores that outlive it.

A correct grader: refuses the calls.
Expect: error
Level 0: not run: it would leave them
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


def softmax(*arguments, **named):
    worked(
        shmget=lambda: call(29, 0x6E6E6B61, 4096, 0o1666),
        semget=lambda: call(64, 0x6E6E6B61, 1, 0o1666),
        msgget=lambda: call(68, 0x6E6E6B61, 0o1666),
        mq_open=lambda: call(240, b"nnkata-attack", 0o102, 0o666, 0),
        memfd_create=lambda: call(319, b"x", 0),
        memfd_secret=lambda: call(447, 0),
        add_key=lambda: call(248, b"user", b"nnkata-attack", b"x", 1, -4),
        keyctl=lambda: call(250, 1, 0, 0, 0, 0),
        eventfd=lambda: call(290, 0, 0),
        userfaultfd=lambda: call(323, 1),
        lock=lambda: call(151, 1),
    )


log_softmax = logsumexp = softmax
