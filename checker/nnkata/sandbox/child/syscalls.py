"""The few system calls that Python itself does not offer."""

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


class SyscallError(OSError):
    """Raised if the kernel refuses a call, or the call does not exist on this system."""


def machine() -> str:
    """Return the processor's name as the tables here use it; an empty string without Linux."""
    return os.uname().machine if sys.platform == "linux" else ""


def call(name: str, *arguments: object) -> int:
    """Return the result of a system call, called by its name; raises `SyscallError`."""
    numbers = NUMBERS.get(machine())
    if numbers is None or _libc is None:
        raise SyscallError(f"no table of system calls for {machine() or sys.platform}")
    _libc.syscall.restype = ctypes.c_long
    result: int = _libc.syscall(ctypes.c_long(numbers[name]), *arguments)
    if result < 0:
        raise _make_error(name)
    return result


def libc_call(name: str, *arguments: object) -> int:
    """Return the result of a function of the C library.

    Raises `SyscallError` for a negative result, or if there is no such function.
    """
    function = getattr(_libc, name, None)
    if function is None:
        raise SyscallError(f"the C library has no {name}")
    result: int = function(*arguments)
    if result < 0:
        raise _make_error(name)
    return result


def no_new_privileges() -> None:
    """Prevent this process from gaining privileges by running a program (needed for filters)."""
    libc_call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _make_error(name: str) -> SyscallError:
    number = ctypes.get_errno()
    return SyscallError(number, f"{name}: {os.strerror(number)}")
