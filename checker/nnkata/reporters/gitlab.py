"""GitLab's code-quality report: failing checks, as findings at their lines.

It contains neither passed checks nor points; the report `junit` shows them in a merge request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, TextIO

from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import one_line, write_json_list
from .summary import SubmissionSummary, needs_person_text, outcome_message, summarize

SEVERITIES = {"failed": "major", "error": "major", "broken": "info"}
"""The severity per outcome; an outcome that ended the worker is critical."""


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write a list of findings, empty if every check passes."""
    write_json_list(_all_findings(verdicts), out)
    out.write("\n")


def _all_findings(verdicts: Verdicts) -> Iterator[dict[str, Any]]:
    submissions = summarize(verdicts)
    package = [verdicts.package] if verdicts.package else []
    for submission in submissions:
        folders = package if len(submissions) == 1 else [submission.name, *package]
        for verdict in submission.verdicts:
            yield from _findings(verdict, folders)
        yield from _unread(submission, folders)


def _findings(verdict: Verdict, folders: list[str]) -> Iterator[dict[str, Any]]:
    path = "/".join([*folders, verdict.module])
    if verdict.load is not None:
        text = f"{verdict.kata} could not be loaded: {verdict.load.message}"
        yield _finding(verdict, "load", "blocker", text, path, verdict.load.line)
    for outcome in verdict.failures:
        severity = SEVERITIES.get(outcome.outcome, "critical")
        text = f"{verdict.kata}: {outcome.sentence} {outcome_message(outcome)}"
        yield _finding(verdict, outcome.check, severity, text, path, _line(verdict, outcome))


def _unread(submission: SubmissionSummary, folders: list[str]) -> Iterator[dict[str, Any]]:
    """Yield a finding for a submission that could not be judged."""
    if submission.needs_person is not None:
        text = f"needs a person: {needs_person_text(submission.needs_person)}"
        key = (submission.name, "submission", "needs-person")
        yield _make_finding(key, "blocker", text, "/".join(folders) or submission.name, None)


def _finding(
    verdict: Verdict, check: str, severity: str, text: str, path: str, line: int | None
) -> dict[str, Any]:
    return _make_finding((verdict.submission, verdict.kata, check), severity, text, path, line)


def _make_finding(
    key: tuple[str, str, str], severity: str, text: str, path: str, line: int | None
) -> dict[str, Any]:
    """Return a finding; its key is the submission, the kata and the check."""
    same = "\0".join(key)
    return {
        "description": one_line(text),
        "check_name": one_line("/".join(key[1:])),
        "fingerprint": hashlib.sha256(same.encode(errors="backslashreplace")).hexdigest(),
        "severity": severity,
        "location": {"path": one_line(path), "lines": {"begin": max(line or 1, 1)}},
    }


def _line(verdict: Verdict, outcome: Outcome) -> int | None:
    """Return the last line of the module in an exception's traceback, or None."""
    lines = [f.line for f in outcome.frames if f.file.endswith(verdict.module)]
    return lines[-1] if lines else None
