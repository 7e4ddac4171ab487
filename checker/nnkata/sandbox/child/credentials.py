"""Give up privileges: root becomes the user nobody, and every process loses its capabilities."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

from . import syscalls

NOBODY = 65534
CAPABILITY_VERSION = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def drop(required: Iterable[str], in_new_root: bool) -> str:
    """Become the user nobody if this is root, and drop all capabilities; return what was done.

    `required` are folders that must stay readable. Where the user nobody could not read them (a
    Python below /root), root stays root, without capabilities. With `in_new_root` they are readable
    for sure, because a mount namespace shows them.
    """
    if os.geteuid() != 0:
        _drop_capabilities()
        return f"uid {os.geteuid()}, no capabilities"
    reachable = in_new_root or all(_is_readable_by_others(path) for path in required)
    if not reachable:
        _drop_capabilities()
        return "root without capabilities (nobody could not read Python's own files)"
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    _drop_capabilities()
    return "nobody"


def _is_readable_by_others(path: str) -> bool:
    """Whether every user may reach a folder and read it."""
    path = os.path.realpath(path)
    if os.path.exists(path) and not os.stat(path).st_mode & 0o005:
        return False
    while path != "/":
        path = os.path.dirname(path)
        if not os.stat(path).st_mode & 0o001:
            return False
    return True


def _drop_capabilities() -> None:
    header = _Header(CAPABILITY_VERSION, 0)
    syscalls.call("capset", ctypes.byref(header), ctypes.byref((_Sets * 2)()))
