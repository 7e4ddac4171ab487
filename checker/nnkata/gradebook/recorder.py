"""Record the results of a run while it goes on, also where the database fails for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from ..errors import KataError
from .records import GradedSubmission, GradingRun
from .store import Gradebook

WRITE_AFTER = 50
"""Results that are waited for before they are written together …"""
WRITE_SECONDS = 2.0
"""… but not longer than this."""
RETRY_SECONDS = 5.0
"""After a failure, the next attempt is not made earlier."""
GIVE_UP_SECONDS = 60.0
"""How long the end of a run waits for the database."""


class GradebookRecorder:
    """Writes the results of one run into a gradebook, a few at a time.

    Where the gradebook cannot be written, the results are kept, and the run goes on.
    """

    def __init__(self, gradebook: Gradebook, run: GradingRun, warn: Callable[[str], None]) -> None:
        """Record results of `run`; `warn` is told when the gradebook fails."""
        self.gradebook = gradebook
        self.run = run
        self.warn = warn
        self.failure: KataError | None = None
        """Why the last attempt failed."""
        self.pending: dict[str, GradedSubmission] = {}
        self._taken: set[str] = set()
        self._written = time.monotonic()
        self._retry_at = 0.0

    def add(self, graded: GradedSubmission) -> None:
        """Take the result of a submission, and write what has gathered when it is time."""
        self.pending[graded.submission] = graded
        self._taken.add(graded.submission)
        now = time.monotonic()
        due = len(self.pending) >= WRITE_AFTER or now - self._written >= WRITE_SECONDS
        if due and now >= self._retry_at:
            self._write()

    def finish(self, everything: Iterable[GradedSubmission]) -> None:
        """Write what is left; `failure` says why if that did not succeed within a while.

        `everything` is what the run found, of which a stop may have kept some from `add`.
        """
        self.pending |= {g.submission: g for g in everything if g.submission not in self._taken}
        end = time.monotonic() + GIVE_UP_SECONDS
        while self.pending:
            self._write()
            if not self.pending or time.monotonic() >= end:
                return
            time.sleep(1.0)

    def require_complete(self, next_step: str) -> None:
        """Raise the failure, if there is a result that could not be written."""
        if self.pending and self.failure is not None:
            count = len(self.pending)
            raise KataError(
                f"{self.failure.message}. {count} result{'s are' if count > 1 else ' is'} not in "
                "the gradebook",
                next_step=next_step,
                exit_code=self.failure.exit_code,
            )

    def _write(self) -> None:
        begun = time.monotonic()
        try:
            self.gradebook.record(self.run, self.pending.values())
        except KataError as error:
            if self.failure is None:
                self.warn(f"{error.message}; the results are kept, and written when it is back")
            self.failure = error
            took = time.monotonic() - begun
            self._retry_at = time.monotonic() + max(RETRY_SECONDS, 3 * took)
            return
        self.failure = None
        self.pending = {}
        self._written = time.monotonic()
