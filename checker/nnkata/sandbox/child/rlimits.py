"""The limits that the operating system enforces on a worker; the grader limits wall-clock time."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys

try:
    import resource
except ImportError:  # not a POSIX system
    resource = None  # type: ignore[assignment]

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
THREADS = 4096
"""Maximum number of threads and processes of a worker's user; a worker cannot start more."""
SPACE_MARGIN_MB = 1024
"""Address space beyond the memory limit: libraries and reserved space need no memory."""
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(parent: int | None = None) -> None:
    """Ask Linux to kill this process when the one that started it dies.

    If the process `parent` started it and has died already, this process ends now.
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Ask Linux to make this process the parent of its orphaned descendants."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def apply(memory_mb: int, cpu_seconds: int) -> dict[str, str]:
    """Limit memory, processor time, files and core dumps of this process.

    Return each limit that the system accepted, as text.
    """
    limits: dict[str, str] = {}
    if resource is None:
        return limits
    space_mb = memory_mb + SPACE_MARGIN_MB
    settings = {
        "memory": (
            resource.RLIMIT_AS,
            space_mb * 2**20,
            f"{memory_mb} MiB resident, watched; RLIMIT_AS {space_mb} MiB",
        ),
        "cpu": (resource.RLIMIT_CPU, cpu_seconds, f"RLIMIT_CPU {cpu_seconds} s"),
        "files": (resource.RLIMIT_FSIZE, 0, "RLIMIT_FSIZE 0"),
        "threads": (resource.RLIMIT_NPROC, THREADS, f"RLIMIT_NPROC {THREADS}"),
        "open files": (resource.RLIMIT_NOFILE, 64, "RLIMIT_NOFILE 64"),
        "core": (resource.RLIMIT_CORE, 0, "no core dumps"),
    }
    for name, (which, value, words) in settings.items():
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some of them
            resource.setrlimit(which, (value, value))
            limits[name] = words
    return limits


def _prctl(option: int, value: int) -> None:
    if _libc is not None:
        _libc.prctl(option, value, 0, 0, 0)
