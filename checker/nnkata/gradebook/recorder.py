"""Record the results of a run during the run, even if the database fails for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from ..errors import KataError
from .records import GradedSubmission, GradingRun
from .store import Gradebook

WRITE_AFTER = 50
"""The number of results that are written together."""
WRITE_SECONDS = 2.0
"""The maximum time between two writes, if there are results."""
RETRY_SECONDS = 5.0
"""The minimum time between a failure and the next attempt."""
GIVE_UP_SECONDS = 60.0
"""How long the end of a run waits for the database."""


class GradebookRecorder:
    """Writes the results of one run into a gradebook, a few at a time.

    If the gradebook cannot be written, the results are kept, and the run continues.
    """

    def __init__(self, gradebook: Gradebook, run: GradingRun, warn: Callable[[str], None]) -> None:
        """Record results of `run`; `warn` is called with a message when the gradebook fails."""
        self.gradebook = gradebook
        self.run = run
        self.warn = warn
        self.failure: KataError | None = None
        """Why the last attempt failed."""
        self.pending: dict[str, GradedSubmission] = {}
        self.taken: set[str] = set()
        """The submissions that were passed to `add`."""
        self._written = time.monotonic()
        self._retry_at = 0.0

    def add(self, graded: GradedSubmission) -> None:
        """Add the result of a submission; write the pending results if there are enough."""
        self.pending[graded.submission] = graded
        self.taken.add(graded.submission)
        now = time.monotonic()
        due = len(self.pending) >= WRITE_AFTER or now - self._written >= WRITE_SECONDS
        if due and now >= self._retry_at:
            self._write()

    def finish(self, everything: Iterable[GradedSubmission]) -> None:
        """Write the pending results, with retries; if that fails, `failure` says why.

        `everything` has the results of the run, at least those that were not passed to `add`:
        after a stop, there may be some.
        """
        self.pending |= {g.submission: g for g in everything if g.submission not in self.taken}
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
                self.warn(f"{error.message}; the results are kept, and written later")
            self.failure = error
            took = time.monotonic() - begun
            self._retry_at = time.monotonic() + max(RETRY_SECONDS, 3 * took)
            return
        self.failure = None
        self.pending = {}
        self._written = time.monotonic()
