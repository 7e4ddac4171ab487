"""Reads /proc: itself, its parent and the grader: command line, environment, memory, descriptors.

A correct grader: shows it no /proc.
Expect: error
"""

FOUND = []


def worked(**acts):
    """Do each act, and say which of them were not refused."""
    done = []
    for name, act in acts.items():
        try:
            act()
        except BaseException:
            continue
        done.append(name)
    raise RuntimeError("worked: " + (", ".join(done) or "nothing") + ".\n" + "\n".join(FOUND))

import os
import re


def read(path):
    """Keep nothing of what is there but the token that was planted in it."""
    with open(path, "rb") as file:
        text = file.read(100_000).decode("latin-1")
    FOUND.extend(re.findall(r"planted-\w+-\w+", text))


def softmax(*arguments, **named):
    FOUND.clear()
    worked(
        self=lambda: read("/proc/self/maps"),
        parent=lambda: read(f"/proc/{os.getppid()}/environ"),
        environment=lambda: read("/proc/@grader@/environ"),
        command=lambda: read("/proc/@grader@/cmdline"),
        memory=lambda: open("/proc/@grader@/mem", "rb").close(),
        descriptors=lambda: os.listdir("/proc/@grader@/fd"),
        folder=lambda: os.listdir("/proc/@grader@/cwd"),
        kernel=lambda: read("/proc/version"),
    )


log_softmax = logsumexp = softmax
