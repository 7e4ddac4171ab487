"""The processes of this machine, as Linux lists them in /proc."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def parents() -> dict[int, int]:
    """Return the parent of each process."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, rest = stat.read_text().split(" ", 1)
            found[int(pid)] = int(rest.rpartition(")")[2].split()[1])
    return found


def children_of(pid: int) -> set[int]:
    """Return the processes that a process started."""
    return {child for child, parent in parents().items() if parent == pid}


def descendants(pid: int | None = None) -> list[int]:
    """Return all processes below one (default: this one), each before those that it started."""
    known, found = parents(), list[int]()
    new = [os.getpid() if pid is None else pid]
    while new := [child for child, parent in known.items() if parent in new]:
        found += new
    return found


def command_line(pid: int) -> str:
    """Return the words of a process, or "" if it has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    return ""
