"""Reads the grader's memory with process_vm_readv and ptrace.

A correct grader: refuses the calls.
Expect: error
Level 0: not run: root could attach to the grader
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

GRADER = int("@grader@")


def softmax(*arguments, **named):
    vector = (ctypes.c_size_t * 2)(0x400000, 16)
    pointer = ctypes.byref(vector)
    worked(
        process_vm_readv=lambda: call(310, GRADER, pointer, 1, pointer, 1, 0),
        process_vm_writev=lambda: call(311, GRADER, pointer, 1, pointer, 1, 0),
        ptrace_attach=lambda: call(101, 16, GRADER, 0, 0),
        ptrace_seize=lambda: call(101, 0x4206, GRADER, 0, 0),
        kcmp=lambda: call(312, GRADER, GRADER, 0, 0, 0),
        pidfd_getfd=lambda: call(438, 3, 0, 0),
    )


log_softmax = logsumexp = softmax
