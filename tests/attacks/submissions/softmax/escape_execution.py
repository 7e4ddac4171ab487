"""Starts another program: fork, vfork, exec, memfd and execveat, posix_spawn, subprocess.

A correct grader: refuses the calls.
Expect: error
Level 0: not run: it would become another program
"""

import os
import subprocess
import sys

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


def spawn():
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", "exit"], {})
    os.waitpid(pid, 0)


def softmax(*arguments, **named):
    worked(
        fork=os.fork,
        vfork=lambda: call(58),
        memfd=lambda: os.memfd_create("x"),
        execveat=lambda: call(322, 0, b"", 0, 0, 0x1000),
        spawn=spawn,
        subprocess=lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        shell=lambda: [][os.system("exit 0")],
        execve=lambda: os.execve("/bin/sh", ["sh"], {}),
    )


log_softmax = logsumexp = softmax
