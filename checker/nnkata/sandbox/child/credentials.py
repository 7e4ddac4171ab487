"""Who a worker is: nobody where root started it, and without capabilities in any case."""

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


def drop(needed: Iterable[str], hidden: bool) -> str:
    """Become nobody if this is root, and give up every capability; return what holds, in words.

    `needed` are folders that must stay readable: where nobody could not reach them (a Python
    below /root) and no mount namespace shows them either, root stays root without capabilities.
    """
    if os.geteuid() != 0:
        _no_capabilities()
        return f"uid {os.geteuid()}, no capabilities"
    reachable = hidden or all(_open_to_others(path) for path in needed)
    if not reachable:
        _no_capabilities()
        return "root without capabilities (nobody could not read Python's own files)"
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    _no_capabilities()
    return "nobody"


def _open_to_others(path: str) -> bool:
    """Whether everybody may walk to a folder and read it."""
    path = os.path.realpath(path)
    if os.path.exists(path) and not os.stat(path).st_mode & 0o005:
        return False
    while path != "/":
        path = os.path.dirname(path)
        if not os.stat(path).st_mode & 0o001:
            return False
    return True


def _no_capabilities() -> None:
    header = _Header(CAPABILITY_VERSION, 0)
    syscalls.call("capset", ctypes.byref(header), ctypes.byref((_Sets * 2)()))
