"""The policy for late submissions; plugins can offer other policies."""

from __future__ import annotations

import math
from datetime import datetime

from msgspec import Struct

from ..errors import KataError
from ..model import Verdict
from .times import parse_time

SECONDS_PER_DAY = 86_400


class LatePolicy(Struct, frozen=True):
    """Deduct a share of the points for each day, or part of a day, after the deadline."""

    deadline: datetime
    per_day: float = 0.1
    grace_minutes: int = 0

    def __call__(self, verdict: Verdict, submitted_at: datetime | None) -> tuple[float, str]:
        """Return (score, reason); the score is at least 0."""
        if submitted_at is None:
            return float(
                verdict.points
            ), "the time of submission is unknown, so it counts as on time"
        late = (submitted_at - self.deadline).total_seconds() - 60 * self.grace_minutes
        if late <= 0:
            return float(verdict.points), "on time"
        days = math.ceil(late / SECONDS_PER_DAY)
        share = max(0.0, 1.0 - self.per_day * days)
        return (
            round(verdict.points * share, 2),
            f"{days} day{'s' if days > 1 else ''} late: {share:.0%} of {verdict.points} points",
        )


def parse_deadline(text: str) -> datetime:
    """Parse a date and time in ISO format, in UTC if it has no offset; raises `KataError`."""
    try:
        return parse_time(text)
    except ValueError:
        raise KataError(
            f"`{text}` is not a date and time", next_step="write it as 2026-12-01T23:59+01:00"
        ) from None
