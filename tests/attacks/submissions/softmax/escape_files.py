"""Changes files without opening them: chmod, chown, utime, links, names, extended attributes, truncation.

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
    path = "@beside@"
    worked(
        chmod=lambda: os.chmod(path, 0o777),
        chown=lambda: os.chown(path, 0, 0),
        utime=lambda: os.utime(path),
        rename=lambda: os.rename(path, path + "2"),
        unlink=lambda: os.unlink(path),
        link=lambda: os.link(path, "@temp@/nnkata-attack-hard"),
        symlink=lambda: os.symlink(path, "@temp@/nnkata-attack-soft"),
        mknod=lambda: os.mknod("@temp@/nnkata-attack-node"),
        truncate=lambda: os.truncate(path, 0),
        write=lambda: os.open(path, os.O_WRONLY),
        empty=lambda: os.open(path, os.O_RDONLY | os.O_TRUNC),
        path_only=lambda: os.fchmod(os.open(path, os.O_PATH), 0o777),
        setxattr=lambda: os.setxattr(path, "user.x", b"x"),
        temporary=lambda: os.open("@temp@", os.O_TMPFILE | os.O_RDWR),
        own_text=lambda: open(__file__, "a").close(),
        handle=lambda: call(303, -100, path.encode(), (ctypes.c_uint32 * 34)(128), (ctypes.c_int * 1)(), 0),
        sync=lambda: call(162),
    )


log_softmax = logsumexp = softmax
