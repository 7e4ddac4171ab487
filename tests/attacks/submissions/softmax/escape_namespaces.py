"""Leaves the namespaces: unshare, setns, clone with new ones, pivot_root, chroot, mount.

A correct grader: refuses the calls.
Expect: error
Level 0: not run: root could
"""

import os

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
        unshare_user=lambda: call(272, 0x10000000),
        unshare_all=lambda: call(272, 0x7C020000),
        setns=lambda: call(308, 0, 0),
        clone_user=lambda: call(56, 0x10000000 | 0x10000, 0, 0, 0, 0),
        clone_process=lambda: call(56, 17, 0, 0, 0, 0),
        clone3=lambda: call(435, (ctypes.c_uint64 * 11)(), 88),
        chroot=lambda: os.chroot("/"),
        chdir=lambda: os.chdir("/"),
        mount=lambda: call(165, b"none", b"/", b"tmpfs", 0, 0),
        pivot_root=lambda: call(155, b"/", b"/"),
        umount=lambda: call(166, b"/", 2),
        fsopen=lambda: call(430, b"tmpfs", 0),
        open_tree=lambda: call(428, -100, b"/", 1),
    )


log_softmax = logsumexp = softmax
