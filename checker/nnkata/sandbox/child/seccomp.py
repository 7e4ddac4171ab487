"""seccomp: the kernel answers this process's system calls from a short list, and refuses the rest.

An allow-list: a call that a later kernel invents is refused too. The x86-64 filter is tested; the
aarch64 filter is made of the same names, and untested.
"""

from __future__ import annotations

import ctypes
import os
import struct

from . import syscalls

SET_MODE_FILTER = 1
ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | 1  # EPERM
NOT_THERE = 0x00050000 | 38  # ENOSYS: the C library then tries the older call
KILL = 0x80000000

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32_BIT = 0x40000000

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
CALL_OFFSET, ARCH_OFFSET, ARGUMENTS_OFFSET = 0, 4, 16

CLONE_THREAD = 0x10000
CLONE_NAMESPACES = 0x7E020000 | 0x80  # user, pid, net, ipc, uts, cgroup, mount, time
FCNTL = (0, 1, 2, 3, 4, 1030)
"""Duplicate a descriptor, read and set its flags; never say which process gets its signals."""
IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451, 0x802C542A)
"""Is it a terminal, and how wide; how much can be read; wait or not; close on exec or not."""

X86_64 = {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7,
    "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13,
    "rt_sigprocmask": 14, "rt_sigreturn": 15, "ioctl": 16, "pread64": 17, "pwrite64": 18,
    "readv": 19, "writev": 20, "access": 21, "select": 23, "sched_yield": 24, "mremap": 25,
    "madvise": 28, "dup": 32, "dup2": 33, "nanosleep": 35, "getitimer": 36, "setitimer": 38,
    "getpid": 39, "sendto": 44, "recvfrom": 45, "clone": 56, "exit": 60, "kill": 62, "uname": 63,
    "fcntl": 72, "getcwd": 79, "readlink": 89, "gettimeofday": 96, "getrusage": 98,
    "sysinfo": 99, "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108,
    "getppid": 110, "sigaltstack": 131, "gettid": 186, "time": 201, "futex": 202,
    "sched_getaffinity": 204, "getdents64": 217, "set_tid_address": 218, "clock_gettime": 228,
    "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "tgkill": 234,
    "openat": 257, "newfstatat": 262, "readlinkat": 267, "faccessat": 269, "pselect6": 270,
    "ppoll": 271, "set_robust_list": 273, "prlimit64": 302, "getrandom": 318, "membarrier": 324,
    "statx": 332, "rseq": 334, "clone3": 435, "faccessat2": 439,
}  # fmt: skip
AARCH64 = {
    "getcwd": 17, "dup": 23, "fcntl": 25, "ioctl": 29, "faccessat": 48, "openat": 56, "close": 57,
    "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66,
    "pread64": 67, "pwrite64": 68, "pselect6": 72, "ppoll": 73, "readlinkat": 78, "newfstatat": 79,
    "fstat": 80, "exit": 93, "exit_group": 94, "set_tid_address": 96, "futex": 98,
    "set_robust_list": 99, "nanosleep": 101, "getitimer": 102, "setitimer": 103,
    "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "sched_getaffinity": 123,
    "sched_yield": 124, "kill": 129, "tgkill": 131, "sigaltstack": 132, "rt_sigaction": 134,
    "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "uname": 160, "getrusage": 165,
    "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174, "geteuid": 175,
    "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179, "sendto": 206, "recvfrom": 207,
    "brk": 214, "munmap": 215, "mremap": 216, "clone": 220, "mmap": 222, "mprotect": 226,
    "madvise": 233, "prlimit64": 261, "getrandom": 278, "membarrier": 283, "statx": 291,
    "rseq": 293, "clone3": 435, "faccessat2": 439,
}  # fmt: skip
TABLES = {"x86_64": X86_64, "aarch64": AARCH64}

CONDITIONAL = (
    "clone", "clone3", "kill", "tgkill", "prlimit64", "sched_getaffinity", "sendto", "fcntl",
    "ioctl",
)  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _statement(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def _load_argument(index: int, high: bool = False) -> bytes:
    return _statement(LOAD, ARGUMENTS_OFFSET + 8 * index + (4 if high else 0))


def _when(number: int, body: list[bytes]) -> list[bytes]:
    """Do `body`, which ends in a return, for one call; the call's number is loaded before."""
    return [_statement(JUMP_EQUAL, number, 0, len(body)), *body]


def _only(argument: int, *values: int) -> list[bytes]:
    """Allow a call only with one of these as its 32-bit argument."""
    tests = [
        _statement(JUMP_EQUAL, value, len(values) - place, 0) for place, value in enumerate(values)
    ]
    return [
        _load_argument(argument),
        *tests,
        _statement(RETURN, REFUSE),
        _statement(RETURN, ALLOW),
    ]


def program(machine: str, pid: int) -> bytes:
    """Return the filter for a process: its own threads and signals, and the calls of the list."""
    table = TABLES[machine]
    lines = [
        _statement(LOAD, ARCH_OFFSET),
        _statement(JUMP_EQUAL, ARCHITECTURES[machine], 1, 0),
        _statement(RETURN, KILL),
        _statement(LOAD, CALL_OFFSET),
        _statement(JUMP_AT_LEAST, X32_BIT, 0, 1),
        _statement(RETURN, REFUSE),
    ]
    threads = [
        _load_argument(0),
        _statement(JUMP_SET, CLONE_NAMESPACES, 1, 0),
        _statement(JUMP_SET, CLONE_THREAD, 1, 0),
        _statement(RETURN, REFUSE),
        _statement(RETURN, ALLOW),
    ]
    lines += _when(table["clone"], threads)
    lines += _when(table["clone3"], [_statement(RETURN, NOT_THERE)])
    lines += _when(table["kill"], _only(0, pid))
    lines += _when(table["tgkill"], _only(0, pid))
    # Limits may be asked for, of this process, and not be set, of any.
    limits = [
        _load_argument(2),
        _statement(JUMP_EQUAL, 0, 0, 4),
        _load_argument(2, high=True),
        _statement(JUMP_EQUAL, 0, 0, 2),
        _load_argument(0),
        _statement(JUMP_EQUAL, 0, 1, 0),
        _statement(RETURN, REFUSE),
        _statement(RETURN, ALLOW),
    ]
    lines += _when(table["prlimit64"], limits)
    lines += _when(table["sched_getaffinity"], _only(0, 0))
    # A descriptor can be made to send any signal to any process of the same user: not here.
    lines += _when(table["fcntl"], _only(1, *FCNTL))
    lines += _when(table["ioctl"], _only(1, *IOCTL))
    # The wire is a connected socket: sending to an address is for other sockets.
    lines += _when(table["sendto"], [*_zero_pointer(4)])
    for name, number in table.items():
        if name not in CONDITIONAL:
            lines += _when(number, [_statement(RETURN, ALLOW)])
    lines.append(_statement(RETURN, REFUSE))
    return b"".join(lines)


def _zero_pointer(argument: int) -> list[bytes]:
    """Allow a call only where a 64-bit argument is null."""
    return [
        _load_argument(argument),
        _statement(JUMP_EQUAL, 0, 0, 2),
        _load_argument(argument, high=True),
        _statement(JUMP_EQUAL, 0, 1, 0),
        _statement(RETURN, REFUSE),
        _statement(RETURN, ALLOW),
    ]


def apply() -> str:
    """Let this process make only the listed calls; return what holds, in words.

    Raises `syscalls.RefusedError` where the kernel or the processor has no filter of ours.
    """
    machine = syscalls.machine()
    if machine not in TABLES:
        raise syscalls.RefusedError(f"no filter for {machine or 'this system'}")
    code = program(machine, os.getpid())
    syscalls.no_new_privileges()
    wanted = _Program(len(code) // 8, code)
    syscalls.call("seccomp", SET_MODE_FILTER, 0, ctypes.byref(wanted))
    return f"seccomp, {len(TABLES[machine])} calls allowed"
