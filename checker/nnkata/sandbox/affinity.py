"""Keep a process and its workers on one processor."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pin(slot: int, jobs: int) -> int | None:
    """Pin this process to a processor of its own, if there is one for each of the `jobs`.

    Returns the processor's number, so that the workers of this process can be pinned to it too:
    a process and its worker wait for each other, and sharing a processor avoids migrations.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) < jobs:
        return None
    os.sched_setaffinity(0, {processors[slot % len(processors)]})
    return processors[slot % len(processors)]


def present_processor() -> int | None:
    """Return the processor that this thread runs on at the moment; None if that is not known."""
    try:
        with open("/proc/thread-self/stat", "rb") as stat:
            return int(stat.read().rpartition(b")")[2].split()[36])
    except (OSError, ValueError, IndexError):
        return None


@contextmanager
def keep_thread_on(processor: int | None) -> Iterator[None]:
    """Keep this thread on a processor while the context lasts; with None, do nothing.

    A thread and a worker that wait for each other should share a processor: on two, each answer
    first has to wake the other one, which takes longer than most answers.
    """
    if processor is None or not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {processor})
    except OSError:  # the processor is not ours any more
        yield
        return
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
