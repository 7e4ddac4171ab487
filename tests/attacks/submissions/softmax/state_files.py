"""Keeps what it learns in files, shared memory, semaphores and its folder.

A correct grader: refuses every one.
Expect: error
"""

import os

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


def keep(path):
    with open(path, "a") as file:
        file.write("")


def softmax(*arguments, **named):
    worked(
        temp=lambda: keep("@temp@/nnkata-attack-state"),
        shm=lambda: keep("/dev/shm/nnkata-attack-state"),
        here=lambda: keep("nnkata-attack-state"),
        folder=lambda: os.mkdir("@temp@/nnkata-attack-folder"),
        link=lambda: os.symlink("/etc/passwd", "@temp@/nnkata-attack-link"),
        pipe=lambda: os.mkfifo("@temp@/nnkata-attack-pipe"),
    )


log_softmax = logsumexp = softmax
