"""Landlock: the kernel lets this process read a few folders, and no other file."""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterable

from . import syscalls

VERSION_QUERY = 1
PATH_BENEATH = 1

READ_FILE, READ_DIR = 4, 8
FILES_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All file access rights that an ABI knows: 13 bits, then refer, truncate, ioctl on devices."""
NETWORK_FROM = 4
NETWORK = 3  # bind and connect TCP
SCOPES_FROM = 6
SCOPES = 3  # abstract UNIX sockets, signals


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi() -> int:
    """Return the Landlock ABI version of this kernel, or 0 without Landlock."""
    try:
        return syscalls.call("landlock_create_ruleset", None, 0, VERSION_QUERY)
    except syscalls.SyscallError:
        return 0


def prepare(readable: Iterable[str]) -> int:
    """Return a ruleset (a descriptor) that allows reading below `readable`, and nothing else.

    Paths that do not exist are left out. Raises `syscalls.SyscallError` without Landlock.
    """
    version = abi()
    if version < 1:
        raise syscalls.SyscallError("this kernel has no Landlock")
    files = FILES_BY_ABI[max(known for known in FILES_BY_ABI if known <= version)]
    rules = _Ruleset(
        files,
        NETWORK if version >= NETWORK_FROM else 0,
        SCOPES if version >= SCOPES_FROM else 0,
    )
    size = 24 if version >= SCOPES_FROM else 16 if version >= NETWORK_FROM else 8
    ruleset = syscalls.call("landlock_create_ruleset", ctypes.byref(rules), size, 0)
    for path in readable:
        with contextlib.suppress(FileNotFoundError, PermissionError):
            _allow(ruleset, path)
    return ruleset


def restrict(ruleset: int) -> None:
    """Apply a ruleset to this process, permanently; raises `syscalls.SyscallError`.

    The kernel restricts the calling thread and what it starts, so call this while the process has
    only one thread.
    """
    syscalls.no_new_privileges()
    syscalls.call("landlock_restrict_self", ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str) -> None:
    folder = os.path.isdir(path)
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        access = READ_FILE | (READ_DIR if folder else 0)
        rule = _PathBeneath(access, parent)
        syscalls.call("landlock_add_rule", ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
