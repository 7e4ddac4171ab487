"""Changes other processes and its own chains: limits, priority, affinity, ptrace, prctl.

A correct grader: refuses the calls.
Expect: error
Level 0: not run: root could
"""

import os
import resource

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
    worked(
        limit_grader=lambda: resource.prlimit(GRADER, resource.RLIMIT_NOFILE, (10, 10)),
        read_limit=lambda: resource.prlimit(GRADER, resource.RLIMIT_NOFILE),
        raise_own=lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
        affinity=lambda: os.sched_setaffinity(GRADER, {0}),
        see_affinity=lambda: os.sched_getaffinity(GRADER),
        priority=lambda: os.setpriority(os.PRIO_PROCESS, GRADER, 19),
        nice=lambda: os.nice(1),
        scheduler=lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)),
        io_priority=lambda: call(251, 1, GRADER, 0),
        session=os.setsid,
        group=lambda: os.setpgid(0, 0),
        undumpable=lambda: call(157, 4, 1, 0, 0, 0),
        outlive_parent=lambda: call(157, 1, 0, 0, 0, 0),
        subreaper=lambda: call(157, 36, 1, 0, 0, 0),
        name=lambda: call(157, 15, b"grader", 0, 0, 0),
        personality=lambda: call(135, 0x40000),
        set_id=lambda: os.setuid(0),
        set_groups=lambda: os.setgroups([0]),
        capset=lambda: call(126, (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(-1, -1)),
    )


log_softmax = logsumexp = softmax
