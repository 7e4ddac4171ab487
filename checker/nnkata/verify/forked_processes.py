"""Run numbered tasks in forked processes; each process takes the next task when it is free."""

from __future__ import annotations

import gc
import os
import struct
import traceback
from collections.abc import Callable, Iterator

from ..errors import MachineryError
from ..sandbox.child.rlimits import die_with_parent

TASK = struct.Struct(">H")
Work = Callable[[int, Iterator[int]], bytes]
"""Receives the number of its process and an iterator of task numbers; returns the result."""


def can_fork() -> bool:
    """Return whether this system can fork."""
    return hasattr(os, "fork")


def run_in_processes(tasks: int, jobs: int, work: Work) -> list[bytes]:
    """Run the tasks 0 to `tasks` - 1 in `jobs` forked processes; return one result per process.

    Raises `MachineryError` if a process ends early.
    """
    queue, filler = os.pipe()
    os.write(filler, b"".join(TASK.pack(n) for n in range(tasks)))
    os.close(filler)
    processes = [_fork(slot, queue, work) for slot in range(jobs)]
    os.close(queue)
    results = []
    ended_well = True
    for pid, reader in processes:
        with os.fdopen(reader, "rb") as pipe:
            results.append(pipe.read())
        ended_well &= os.waitpid(pid, 0)[1] == 0
    if not ended_well:
        raise MachineryError("a process of kata verify ended early")
    return results


def _fork(slot: int, queue: int, work: Work) -> tuple[int, int]:
    """Run tasks in a forked process; return its pid and the pipe with its result."""
    reader, writer = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    status = 1
    gc.freeze()  # existing objects stay alive, so collecting them would only cost time
    try:
        die_with_parent(parent)
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(work(slot, _take_tasks(queue)))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _take_tasks(queue: int) -> Iterator[int]:
    while task := os.read(queue, TASK.size):
        yield TASK.unpack(task)[0]
