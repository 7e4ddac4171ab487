"""Classroom 50's result.json (classroom50/result/v1) for one submission.

Its runner passes the identity of the submission in environment variables. Scores are integers.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from ..errors import NEEDS_PERSON, KataError
from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import json_text
from .summary import only_submission

REQUIRED = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}
"""The fields that come from the environment of its runner, and must be set."""


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the result; raises `KataError` outside its runner, or for many submissions."""
    submission = only_submission(verdicts, "Classroom 50")
    if submission.needs_person is not None:
        raise KataError(
            f"{submission.name} needs a person: {submission.needs_person.reason}",
            next_step=f"{submission.needs_person.next_step}; no result is written, since it would "
            "be a mark",
            exit_code=NEEDS_PERSON,
        )
    result: dict[str, Any] = {"schema": "classroom50/result/v1"} | _identity(os.environ)
    result["datetime"] = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    result["score"] = min(round(submission.score), submission.max_points)
    result["max-score"] = submission.max_points
    result["tests"] = [_test(v, o) for v in submission.verdicts for o in v.outcomes]
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
            f"{', '.join(missing)} is not set; Classroom 50's runner sets it",
            next_step="use this report in an autograder.py that its runner starts",
        )
    identity = {field: environment[name] for field, name in REQUIRED.items()}
    identity["assignment_type"] = environment.get("ASSIGNMENT_TYPE") or "individual"
    identity["owner"] = owner
    identity["review"] = environment.get("REVIEW_URL") or identity["commit"]
    return identity


def _test(verdict: Verdict, outcome: Outcome) -> dict[str, Any]:
    """Return a test; its name has no special characters: it is put into Markdown unescaped."""
    name = re.sub(r"[^A-Za-z0-9 _:-]+", "_", f"{verdict.kata}: {outcome.check}"[:200])
    return {
        "test-name": name,
        "passed": outcome.outcome == "passed",
        "score": outcome.points,
        "max-score": outcome.max_points,
    }
