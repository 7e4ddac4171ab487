"""seccomp: the kernel allows this process a short list of system calls, and refuses all others.

Because it is an allow-list, a call that a later kernel adds is refused too. The x86-64 filter is
tested. The aarch64 filter allows the same calls, except
old ones that do not exist there; it is not tested.
"""

from __future__ import annotations

import ctypes
import os
import struct

from . import syscalls

SET_MODE_FILTER = 1
ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | 1  # EPERM
NO_SUCH_CALL = 0x00050000 | 38  # ENOSYS: the C library then tries the older call
KILL = 0x80000000

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32_BIT = 0x40000000

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
CALL_OFFSET, ARCH_OFFSET, ARGUMENTS_OFFSET = 0, 4, 16

CLONE_THREAD = 0x10000
CLONE_NAMESPACES = 0x7E020000 | 0x80  # user, pid, net, ipc, uts, cgroup, mount, time
FCNTL = (0, 1, 2, 3, 4, 1030)
"""Commands to duplicate a descriptor and to read and set its flags; not F_SETOWN, not F_SETSIG."""
IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451, 0x802C542A)
"""Requests that ask whether a descriptor is a terminal, for its width and for the number of
readable bytes, and that set blocking mode and close-on-exec."""

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


class _FilterProgram(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _instruction(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def _load_argument(index: int, high: bool = False) -> bytes:
    return _instruction(LOAD, ARGUMENTS_OFFSET + 8 * index + (4 if high else 0))


def _for_call(number: int, body: list[bytes]) -> list[bytes]:
    """Return instructions that run `body`, which ends in a return, for the call `number`.

    The accumulator must contain the number of the call.
    """
    return [_instruction(JUMP_EQUAL, number, 0, len(body)), *body]


def _allow_only(argument: int, *values: int) -> list[bytes]:
    """Return instructions that allow a call only if a 32-bit argument is one of `values`."""
    tests = [
        _instruction(JUMP_EQUAL, value, len(values) - place, 0)
        for place, value in enumerate(values)
    ]
    return [
        _load_argument(argument),
        *tests,
        _instruction(RETURN, REFUSE),
        _instruction(RETURN, ALLOW),
    ]


def program(machine: str, pid: int) -> bytes:
    """Return the BPF program for a process: it allows the listed calls, and signals to `pid` only.

    Threads are allowed, processes are not. Each instruction takes 8 bytes.
    """
    table = TABLES[machine]
    instructions = [
        _instruction(LOAD, ARCH_OFFSET),
        _instruction(JUMP_EQUAL, ARCHITECTURES[machine], 1, 0),
        _instruction(RETURN, KILL),
        _instruction(LOAD, CALL_OFFSET),
        _instruction(JUMP_AT_LEAST, X32_BIT, 0, 1),
        _instruction(RETURN, REFUSE),
    ]
    threads = [
        _load_argument(0),
        _instruction(JUMP_SET, CLONE_NAMESPACES, 1, 0),
        _instruction(JUMP_SET, CLONE_THREAD, 1, 0),
        _instruction(RETURN, REFUSE),
        _instruction(RETURN, ALLOW),
    ]
    instructions += _for_call(table["clone"], threads)
    instructions += _for_call(table["clone3"], [_instruction(RETURN, NO_SUCH_CALL)])
    instructions += _for_call(table["kill"], _allow_only(0, pid))
    instructions += _for_call(table["tgkill"], _allow_only(0, pid))
    # This process may read its own limits. It may not set limits, nor read those of others.
    limits = [
        _load_argument(2),
        _instruction(JUMP_EQUAL, 0, 0, 4),
        _load_argument(2, high=True),
        _instruction(JUMP_EQUAL, 0, 0, 2),
        _load_argument(0),
        _instruction(JUMP_EQUAL, 0, 1, 0),
        _instruction(RETURN, REFUSE),
        _instruction(RETURN, ALLOW),
    ]
    instructions += _for_call(table["prlimit64"], limits)
    instructions += _for_call(table["sched_getaffinity"], _allow_only(0, 0))
    # With F_SETOWN and F_SETSIG a descriptor could signal any process of the same user.
    instructions += _for_call(table["fcntl"], _allow_only(1, *FCNTL))
    instructions += _for_call(table["ioctl"], _allow_only(1, *IOCTL))
    # The connection to the grader is a connected socket, so it needs no address to send to.
    instructions += _for_call(table["sendto"], _allow_null_pointer(4))
    for name, number in table.items():
        if name not in CONDITIONAL:
            instructions += _for_call(number, [_instruction(RETURN, ALLOW)])
    instructions.append(_instruction(RETURN, REFUSE))
    return b"".join(instructions)


def _allow_null_pointer(argument: int) -> list[bytes]:
    """Return instructions that allow a call only if a 64-bit argument is null."""
    return [
        _load_argument(argument),
        _instruction(JUMP_EQUAL, 0, 0, 2),
        _load_argument(argument, high=True),
        _instruction(JUMP_EQUAL, 0, 1, 0),
        _instruction(RETURN, REFUSE),
        _instruction(RETURN, ALLOW),
    ]


def apply() -> str:
    """Allow this process only the listed calls, permanently; return a description.

    Raises `syscalls.SyscallError` without seccomp, or for a processor without a filter here.
    """
    machine = syscalls.machine()
    if machine not in TABLES:
        raise syscalls.SyscallError(f"no filter for {machine or 'this system'}")
    code = program(machine, os.getpid())
    syscalls.no_new_privileges()
    filter_program = _FilterProgram(len(code) // 8, code)
    syscalls.call("seccomp", SET_MODE_FILTER, 0, ctypes.byref(filter_program))
    return f"seccomp, {len(TABLES[machine])} calls allowed"
