"""Keep a process and its workers on one processor."""

from __future__ import annotations

import os


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
