"""Fills the disk.

A correct grader: refuses the file, and the first byte.
Expect: error
Level 0: not run: it writes where it can
"""

import tempfile

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


def fill(path):
    with open(path, "wb") as file:
        while file.write(b"x" * 2**20):
            file.flush()


def softmax(*arguments, **named):
    worked(
        temp=lambda: fill("@temp@/nnkata-attack-disk"),
        shm=lambda: fill("/dev/shm/nnkata-attack-disk"),
        temporary=lambda: tempfile.TemporaryFile().write(b"x"),
    )


log_softmax = logsumexp = softmax
