"""Progress of a run of `kata grade`: one line on stderr, or a line in a log every few seconds."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from ...text.layout import clock

LOG_SECONDS = 15.0
"""The minimum time between two lines of a log."""
PAINT_SECONDS = 0.2


class GradeProgress:
    """Counts submissions, and reports how many are done and how long the others will take."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        """Start the clock.

        Args:
            total: number of submissions.
            stream: stream to write to; stderr by default.
        """
        self.total = total
        self.done = 0
        self.started = time.monotonic()
        self.painted = self.started
        self.stream: TextIO | None = sys.stderr if stream is None else stream  # None: closed
        self.live = self.stream is not None and self.stream.isatty()
        self.shown = ""

    def count(self, name: str) -> None:
        """Count a submission that has been graded."""
        self.done += 1
        now = time.monotonic()
        if self.total < 2 or now - self.painted < (PAINT_SECONDS if self.live else LOG_SECONDS):
            return
        self.painted = now
        spent = now - self.started
        left = spent / self.done * (self.total - self.done)
        line = f"{self.done} of {self.total} submissions, about {clock(left)} left"
        if not self.live:
            self._write(f"{line} (last: {name})\n")
            return
        self._write(f"\r{line}{' ' * (len(self.shown) - len(line))}")
        self.shown = line

    def end(self) -> None:
        """Clear the line on a terminal."""
        if self.shown:
            self._write(f"\r{' ' * len(self.shown)}\r")
            self.shown = ""

    def _write(self, text: str) -> None:
        if self.stream is None:
            return
        try:
            self.stream.write(text)
            self.stream.flush()
        except OSError:  # nobody reads it now; the results do not depend on it
            self.total = 0
