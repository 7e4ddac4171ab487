"""Measure the time and memory of a program and all its descendants (Linux).

The system counts the processor time of a process when its parent has waited for it. This process
adopts the orphans of the program and waits for them, so that all of them are counted.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PR_SET_CHILD_SUBREAPER = 36


class Cost(NamedTuple):
    """The cost of a program and its descendants."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    megabytes: float
    """The peak memory of all processes in total (PSS)."""


def adopt_orphans() -> None:
    """Make this process the parent of all orphaned descendants."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(
    command: Sequence[str | Path], cwd: Path, env: Mapping[str, str],
    exit_codes: tuple[int, ...] = (0,), memory_every: float = 0.0, stdout: Path | None = None,
) -> Cost:  # fmt: skip
    """Run a program to its end and return its cost; raise `SystemExit` for another exit code.

    `memory_every` is the time in seconds between two readings of the memory; with 0, it is not
    read. The time for reading is not counted.
    """
    before, start = _children_seconds(), time.perf_counter()
    peak, ended = [0.0], threading.Event()
    with (
        Path(stdout or os.devnull).open("wb") as output,
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [str(part) for part in command], cwd=cwd, env=env, stdout=output, stderr=errors
        ) as process,
    ):
        if memory_every:
            arguments = (process.pid, memory_every, peak, ended)
            threading.Thread(target=_watch, args=arguments, daemon=True).start()
        process.wait()
        wall = time.perf_counter() - start
        ended.set()
        errors.seek(0)
        words = errors.read().decode(errors="replace")[-2000:]
    _reap()
    if process.returncode not in exit_codes:
        raise SystemExit(f"{command} ended with {process.returncode}:\n{words}")
    return Cost(_children_seconds() - before, wall, peak[0])


def tree_megabytes(pid: int) -> float:
    """Return the memory of a process and all its descendants."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            total += int(rollup.partition("\nPss:")[2].split()[0]) / 1024
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, ValueError, IndexError):
            continue
    return total


def _watch(pid: int, every: float, peak: list[float], ended: threading.Event) -> None:
    while not ended.wait(every):
        peak[0] = max(peak[0], tree_megabytes(pid))


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap() -> None:
    """Wait for the remaining descendants of the program, which end by themselves."""
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
        except ChildProcessError:
            return
    raise SystemExit("processes of the program are still running")
