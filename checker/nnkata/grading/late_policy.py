"""Rules that turn points into a score: our own for lateness, and others by plugins."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from msgspec import Struct

from ..errors import KataError
from ..model import Verdict

SECONDS_A_DAY = 86_400


class Late(Struct, frozen=True):
    """Take a share of the points away for each day begun after the deadline."""

    deadline: datetime
    per_day: float = 0.1
    grace_minutes: int = 0

    def __call__(self, verdict: Verdict, submitted_at: datetime | None) -> tuple[float, str]:
        """Return the score, 0 at the least, and the reason for it."""
        if submitted_at is None:
            return float(verdict.points), "no time of submission is known, so it counts as in time"
        late = (submitted_at - self.deadline).total_seconds() - 60 * self.grace_minutes
        if late <= 0:
            return float(verdict.points), "in time"
        days = math.ceil(late / SECONDS_A_DAY)
        share = max(0.0, 1.0 - self.per_day * days)
        return (
            round(verdict.points * share, 2),
            f"{days} day{'s' if days > 1 else ''} late: {share:.0%} of {verdict.points} points",
        )


def parse_deadline(text: str) -> datetime:
    """Read a date and time in ISO form; without an offset it is UTC."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise KataError(
            f"`{text}` is no date and time", next_step="write it as 2026-12-01T23:59+01:00"
        ) from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
