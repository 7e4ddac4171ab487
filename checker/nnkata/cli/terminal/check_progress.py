"""Which check runs: one line on a terminal, once the checks of a kata have taken a while."""

from __future__ import annotations

import sys
import threading
from typing import Self, TextIO

PATIENCE = 1.5
"""Seconds after which the line appears; most katas are judged by then."""


class CheckProgress:
    """Says how far a check has come, on stderr, and leaves nothing behind; use it in `with`."""

    def __init__(
        self, stream: TextIO | None = None, patience: float = PATIENCE, quiet: bool = False
    ) -> None:
        """Write to `stream`, stderr by default, if it is a terminal and not `quiet`."""
        self.stream: TextIO | None = sys.stderr if stream is None else stream  # None: closed
        self.live = not quiet and self.stream is not None and self.stream.isatty()
        self.line = ""
        self.shown: str | None = None
        """What is on the terminal; None until the line may appear."""
        self.lock = threading.Lock()
        self.timer = threading.Timer(patience, self._appear)
        self.timer.daemon = True

    def __enter__(self) -> Self:
        if self.live:
            self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        if self.live:
            self.timer.join()  # a process without other threads can end at once
            self.say("")

    def check(self, kata: str, number: int, count: int) -> None:
        """Say that this check of a kata begins."""
        self.say(f"{kata}: check {number} of {count}")

    def say(self, line: str) -> None:
        """Replace the line."""
        with self.lock:
            self.line = line
            if self.shown is not None:
                self._paint()

    def _appear(self) -> None:
        with self.lock:
            self.shown = ""
            self._paint()

    def _paint(self) -> None:
        if self.stream is None or self.line == self.shown:
            return
        rest = " " * (len(self.shown or "") - len(self.line))
        try:
            self.stream.write(f"\r{self.line}{rest}" + ("" if self.line else "\r"))
            self.stream.flush()
        except (OSError, ValueError):  # nobody reads it; the verdict does not depend on it
            self.live = False
        self.shown = self.line
