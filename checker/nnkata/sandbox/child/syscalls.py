"""The few calls to the kernel that Python does not offer itself."""

from __future__ import annotations

import ctypes
import os
import sys

NUMBERS = {
    "x86_64": {
        "landlock_create_ruleset": 444,
        "landlock_add_rule": 445,
        "landlock_restrict_self": 446,
        "seccomp": 317,
        "pivot_root": 155,
        "capset": 126,
    },
    "aarch64": {
        "landlock_create_ruleset": 444,
        "landlock_add_rule": 445,
        "landlock_restrict_self": 446,
        "seccomp": 277,
        "pivot_root": 41,
        "capset": 91,
    },
}
PR_SET_NO_NEW_PRIVS = 38
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class RefusedError(OSError):
    """The kernel refused a call."""


def machine() -> str:
    """Return the processor's name as the tables here use it, or nothing off Linux."""
    return os.uname().machine if sys.platform == "linux" else ""


def call(name: str, *arguments: object) -> int:
    """Make a system call by name; raises `RefusedError`."""
    numbers = NUMBERS.get(machine())
    if numbers is None or _libc is None:
        raise RefusedError(f"no table of system calls for {machine() or sys.platform}")
    _libc.syscall.restype = ctypes.c_long
    result: int = _libc.syscall(ctypes.c_long(numbers[name]), *arguments)
    if result < 0:
        raise _refused(name)
    return result


def libc_call(name: str, *arguments: object) -> int:
    """Call a function of the C library; raises `RefusedError` for a negative result."""
    function = getattr(_libc, name, None)
    if function is None:
        raise RefusedError(f"the C library has no {name}")
    result: int = function(*arguments)
    if result < 0:
        raise _refused(name)
    return result


def no_new_privileges() -> None:
    """Give up gaining privileges by running a program, for good."""
    libc_call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _refused(name: str) -> RefusedError:
    number = ctypes.get_errno()
    return RefusedError(number, f"{name}: {os.strerror(number)}")
