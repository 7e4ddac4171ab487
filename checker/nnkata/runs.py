"""What a run of checks found: of each check, and of a whole kata."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from .crossings import Raised
from .model import Load, OutcomeName
from .solution import Link


class CheckInfo(Struct, frozen=True):
    """What is known of a check before it runs."""

    name: str
    sentence: str
    points: int
    slow: bool


class CheckRun(Struct):
    """One run of one check: what it found, and its conversation with the worker."""

    info: CheckInfo
    outcome: OutcomeName = "not_run"
    seconds: float = 0.0
    message: str = ""
    rung: str | None = None
    got: str | None = None
    expected: str | None = None
    raised: Raised | None = None
    output: str = ""
    link: Link | None = None
    value: Any = None
    suspect: bool = False
    """The check's own code stumbled over what came back; the reference tells whose fault it is."""
    again: CheckRun | None = None
    """The same check, run once more, where that was asked for."""

    @property
    def answers(self) -> list[list[Any]]:
        """The frames that the worker sent, crossing by crossing."""
        return [c.answers for c in self.link.transcript] if self.link else []


class KataRun(Struct):
    """One run of a kata's checks."""

    kata: str
    checks: list[CheckRun]
    load: Load | None = None
    held: dict[str, str] = {}

    @property
    def passed(self) -> bool:
        """Whether every check that counts was run and passed."""
        return self.load is None and all(c.outcome == "passed" for c in self.checks)

    @property
    def again(self) -> KataRun:
        """The same run, with the second run of each check that was run twice."""
        return KataRun(self.kata, [c.again or c for c in self.checks], self.load, self.held)
