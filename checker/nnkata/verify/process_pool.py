"""Spread work over processes: each takes the next piece whenever it is free."""

from __future__ import annotations

import gc
import os
import struct
import traceback
from collections.abc import Callable, Iterator

from ..errors import MachineryError

PIECE = struct.Struct(">H")
Work = Callable[[int, Iterator[int]], bytes]
"""Given a process's number and the pieces that it takes, does them and returns what came of it."""


def can_fork() -> bool:
    """Whether this system can fork."""
    return hasattr(os, "fork")


def run_in_processes(pieces: int, jobs: int, work: Work) -> list[bytes]:
    """Do pieces 0, 1, … in `jobs` forked processes; return what came of it, process by process.

    Raises `MachineryError` when a process ends early.
    """
    queue, filler = os.pipe()
    os.write(filler, b"".join(PIECE.pack(n) for n in range(pieces)))
    os.close(filler)
    forked = [_forked(slot, queue, work) for slot in range(jobs)]
    os.close(queue)
    results = []
    ended_well = True
    for pid, reader in forked:
        with os.fdopen(reader, "rb") as pipe:
            results.append(pipe.read())
        ended_well &= os.waitpid(pid, 0)[1] == 0
    if not ended_well:
        raise MachineryError("a process that did a part of the work ended early")
    return results


def pin(slot: int, jobs: int) -> int | None:
    """Keep this process on a processor of its own, if there is one for each of the `jobs`.

    Returns its number, for who answers this process to stay there too: the two take turns, and
    on one processor neither has to be woken on another.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) < jobs:
        return None
    os.sched_setaffinity(0, {processors[slot]})
    return processors[slot]


def _forked(slot: int, queue: int, work: Work) -> tuple[int, int]:
    """Work in a forked process; return its pid and where it writes what comes of it."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    status = 1
    gc.freeze()  # what is there by now stays: no need to look through it again and again
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(work(slot, _taken(queue)))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _taken(queue: int) -> Iterator[int]:
    while piece := os.read(queue, PIECE.size):
        yield PIECE.unpack(piece)[0]
