"""Classroom 50's result.json (classroom50/result/v1) for one submission.

Its runner says in environment variables whose submission it grades. Scores are whole numbers.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from ..errors import KataError
from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import json_text
from .summary import the_one

REQUIRED = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}
"""The fields that its runner's environment must fill."""


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the result; raises `KataError` outside its runner, and for many submissions."""
    standing = the_one(verdicts, "Classroom 50")
    result: dict[str, Any] = {"schema": "classroom50/result/v1"} | _identity(os.environ)
    result["datetime"] = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    result["score"] = min(round(standing.score), standing.max_points)
    result["max-score"] = standing.max_points
    result["tests"] = [_test(v, o) for v in standing.verdicts for o in v.outcomes]
    out.write(json_text(result))


def now() -> datetime:
    """Return the time of grading."""
    return datetime.now(UTC)


def _identity(environment: Mapping[str, str]) -> dict[str, str]:
    missing = [name for name in REQUIRED.values() if not environment.get(name)]
    owner = environment.get("OWNER") or environment.get("USERNAME")
    if not owner:
        missing.append("OWNER")
    if missing or not owner:
        raise KataError(
            f"Classroom 50's runner sets {', '.join(missing)}, and here that is not set",
            next_step="use this report in an autograder.py that its runner starts",
        )
    found = {field: environment[name] for field, name in REQUIRED.items()}
    found["assignment_type"] = environment.get("ASSIGNMENT_TYPE") or "individual"
    found["owner"] = owner
    found["review"] = environment.get("REVIEW_URL") or found["commit"]
    return found


def _test(verdict: Verdict, outcome: Outcome) -> dict[str, Any]:
    """Return a test; its name goes into a Markdown table as it is, so it is letters and digits."""
    name = re.sub(r"[^A-Za-z0-9 _:-]+", "_", f"{verdict.kata}: {outcome.check}"[:200])
    return {
        "test-name": name,
        "passed": outcome.outcome == "passed",
        "score": outcome.points,
        "max-score": outcome.max_points,
    }
