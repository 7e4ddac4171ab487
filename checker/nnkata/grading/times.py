"""Times of submission, from a file that the grader provides.

The modification time of a folder is the time when it was copied, not when it was handed in, and
times inside a submission can be forged, so neither is used.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from ..errors import KataError


class Times(Struct, frozen=True):
    """The times of submissions: by their names, or one time for every submission."""

    by_name: dict[str, datetime] = {}
    for_all: datetime | None = None

    def of(self, submission: str) -> datetime | None:
        """Return the time of a submission, or None if it is not known."""
        return self.by_name.get(submission, self.for_all)


def parse_time(text: str) -> datetime:
    """Parse a date and time in ISO format, in UTC if it has no offset; raises `ValueError`."""
    when = datetime.fromisoformat(text.strip())
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def read_times(path: Path) -> Times:
    """Return the times in a file.

    The file is a CSV file with the columns `submission` and `time` (in ISO format), or the
    submission_metadata.json that Gradescope puts next to (not into) the one submission to grade.
    Raises `KataError` with the line that cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, str(error)) from None
    if path.suffix == ".json":
        return Times(for_all=_read_metadata(path, text))
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"submission", "time"} <= set(rows.fieldnames or ()):
        raise _unreadable(path, "its first line must name the columns submission and time")
    times: dict[str, datetime] = {}
    for row in rows:
        name, words = row["submission"], row["time"]
        if not name or not words:
            raise _unreadable(path, f"line {rows.line_num} has no submission or no time")
        if name in times:
            raise _unreadable(path, f"line {rows.line_num}: {name} is in the file twice")
        try:
            times[name] = parse_time(words)
        except ValueError:
            why = f"line {rows.line_num}: `{words}` is not a time such as 2026-12-01T23:59+01:00"
            raise _unreadable(path, why) from None
    return Times(times)


def _read_metadata(path: Path, text: str) -> datetime:
    try:
        return parse_time(json.loads(text)["created_at"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unreadable(path, "it has no time `created_at`") from None


def _unreadable(path: Path, why: str) -> KataError:
    return KataError(
        f"the times in {path} cannot be used: {why}",
        next_step="write a CSV file with the columns submission and time, such as "
        "ada,2026-12-01T23:59+01:00",
    )
