"""The budget of one kata of one submission, for all work that is done for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from ..model import Limits
from ..sandbox.worker_client import resident_memory

SPENT = "the time of this kata is used up"
TIMEOUTS, TIMEOUTS_WITH_RETRY = 2, 3
"""How many checks may reach their time limit, in `kata check` and in `kata grade`."""
RESULT_BYTES = 2**26
"""Maximum bytes of answers, measured in the grader's memory, for one kata of one submission."""


class Budget:
    """The seconds, processor time, memory and bytes of answers that are left for one kata.

    Checks, second runs of slow checks, the search for the cause and pictures all use the same
    budget.
    """

    def __init__(self, limits: Limits, timeouts: int = TIMEOUTS) -> None:
        """Start with the kata's limits; the time starts with the first `spending`."""
        self.limits = limits
        self.timeouts_left = timeouts
        self.timeouts = timeouts
        self.seconds_left = limits.total_seconds
        self.processor_left = limits.total_seconds
        self.bytes_left = RESULT_BYTES
        self.memory_at_start = resident_memory()
        """The grader's own memory; its growth is counted together with the worker's memory."""
        self.deadline = float("inf")

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Return a context whose wall-clock time is charged; `deadline` holds inside it."""
        start = time.monotonic()
        self.deadline = start + self.seconds_left
        try:
            yield
        finally:
            self.seconds_left -= time.monotonic() - start
            self.deadline = float("inf")

    def charge_timeout(self) -> None:
        """Count a check that did not finish before its time limit."""
        self.timeouts_left -= 1

    def charge_processor(self, seconds: float) -> None:
        """Charge processor time of a worker."""
        self.processor_left -= seconds

    def charge_bytes(self, weight: int) -> bool:
        """Charge an answer; return whether the budget allowed it."""
        self.bytes_left -= weight
        return self.bytes_left >= 0

    def spent(self) -> str | None:
        """Return a text that says what is used up, or None if nothing is."""
        total = self.limits.total_seconds
        if self.timeouts_left <= 0:
            return f"{SPENT}: {self.timeouts} checks did not finish in time"
        if time.monotonic() >= self.deadline or self.seconds_left <= 0:
            return f"{SPENT}: {total:g} s"
        if self.processor_left <= 0:
            return f"{SPENT}: {total:g} s of processor time"
        if self.bytes_left < 0:
            return "the answers to this kata's checks are too large in total"
        return None
