"""Give up privileges: a worker of root becomes another user; every worker loses capabilities."""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterable

from . import syscalls

NOBODY = 65534
WORKER_USERS = range(61184, 65520)
"""User ids for workers. systemd reserves them for services that run for a short time."""
CAPABILITY_VERSION = 0x20080522
OWN_USER = "a user of its own, no capabilities"


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


class Identity:
    """The users that the workers of one fork server become."""

    def __init__(self, required: Iterable[str], in_new_root: bool) -> None:
        """Find out whether a worker of root can become another user.

        `required` are files and folders that a worker must be able to read. If another user could
        not read them (packages below a folder of mode 0700), workers stay root, without
        capabilities. With `in_new_root` every user can reach them, because a mount namespace
        shows them; then only their own permissions count.
        """
        self.switches = os.geteuid() == 0 and are_readable_by_others(required, in_new_root)
        self.offset = int.from_bytes(os.urandom(2))  # two graders rarely use the same user ids

    def drop(self) -> str:
        """Become another user if this is root, drop all capabilities; return a description."""
        words = f"uid {os.geteuid()}, no capabilities"
        if self.switches:
            own = WORKER_USERS[(self.offset + os.getpid()) % len(WORKER_USERS)]
            words = _become(own, OWN_USER) or _become(NOBODY, "nobody, no capabilities") or words
        if os.geteuid() == 0:
            words = "root without capabilities (no other user could read the files it needs)"
        drop_capabilities()
        return words


def drop_capabilities() -> None:
    """Give up every capability of this process; root then has the rights of other users."""
    header = _Header(CAPABILITY_VERSION, 0)
    syscalls.call("capset", ctypes.byref(header), ctypes.byref((_Sets * 2)()))


def _become(user: int, words: str) -> str:
    """Become a user with only its own group; return `words`, or "" if that is refused.

    It is refused if this user namespace has no such user.
    """
    with contextlib.suppress(OSError):
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        return words
    return ""


def are_readable_by_others(paths: Iterable[str], reachable: bool = False) -> bool:
    """Return whether every user may read these files and folders, and reach them.

    With `reachable`, the folders above them are not checked. A path that does not exist is ignored.
    """
    above: set[str] = set()
    for path in paths:
        if not os.path.exists(path):
            continue
        needed = 0o005 if os.path.isdir(path) else 0o004
        if os.stat(path).st_mode & needed != needed:
            return False
        for way in () if reachable else {path, os.path.realpath(path)}:  # links are followed too
            folder = os.path.dirname(way)
            while folder not in above:
                above.add(folder)
                folder = os.path.dirname(folder)
    return all(os.stat(folder).st_mode & 0o001 for folder in above)
