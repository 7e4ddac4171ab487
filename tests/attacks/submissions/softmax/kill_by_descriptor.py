"""Lets the kernel send the signal: an owner and a signal set on the wire by fcntl and ioctl, pidfd, rt_sigqueueinfo, timers.

A correct grader: refuses the calls, and those arguments of fcntl and ioctl.
Expect: error
Level 0: not run: it would end the grader
"""

import fcntl
import os
import struct

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


def every(act):
    """Do an act to every descriptor; it worked where it worked once."""
    done = False
    for number in range(64):
        try:
            act(number)
            done = True
        except OSError:
            pass
    if not done:
        raise OSError("refused")


def softmax(*arguments, **named):
    owner = struct.pack("i", os.getppid() or 1)
    worked(
        set_owner=lambda: every(lambda n: fcntl.fcntl(n, 8, os.getppid() or 1)),
        set_owner_ex=lambda: every(lambda n: fcntl.fcntl(n, 15, struct.pack("ii", 1, 1))),
        set_signal=lambda: every(lambda n: fcntl.fcntl(n, 10, 9)),
        ioctl_owner=lambda: every(lambda n: fcntl.ioctl(n, 0x8901, owner)),
        ioctl_async=lambda: every(lambda n: fcntl.ioctl(n, 0x5452, struct.pack("i", 1))),
        notify=lambda: every(lambda n: fcntl.fcntl(n, 1026, 1)),
        pidfd_open=lambda: call(434, GRADER, 0),
        pidfd_send_signal=lambda: call(424, 0, 9, 0, 0),
        rt_sigqueueinfo=lambda: call(129, GRADER, 9, 0),
        rt_tgsigqueueinfo=lambda: call(297, GRADER, GRADER, 9, 0),
        tkill=lambda: call(200, GRADER, 9),
        tgkill=lambda: call(234, GRADER, GRADER, 9),
        timer_create=lambda: call(222, 0, 0, 0),
    )


log_softmax = logsumexp = softmax
