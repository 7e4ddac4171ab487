"""GitLab's code-quality report: failing checks, as findings at their lines.

It contains neither passed checks nor points; the report `junit` shows them in a merge request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, TextIO

from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import json_text, one_line
from .summary import failing, outcome_message, summarize

SEVERITIES = {"failed": "major", "error": "major", "broken": "info"}
"""The severity per outcome; whatever ended the worker is critical."""


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write a list of findings, empty if every check passes."""
    submissions = summarize(verdicts)
    package = [verdicts.package] if verdicts.package else []
    findings: list[dict[str, Any]] = []
    for submission in submissions:
        folders = package if len(submissions) == 1 else [submission.name, *package]
        for verdict in submission.verdicts:
            findings += _findings(verdict, folders)
    out.write(json_text(findings))


def _findings(verdict: Verdict, folders: list[str]) -> Iterator[dict[str, Any]]:
    path = "/".join([*folders, verdict.module])
    if verdict.load is not None:
        text = f"{verdict.kata} could not be loaded: {verdict.load.message}"
        yield _finding(verdict, "load", "blocker", text, path, verdict.load.line)
    for outcome in failing(verdict):
        severity = SEVERITIES.get(outcome.outcome, "critical")
        text = f"{verdict.kata}: {outcome.sentence} {outcome_message(outcome)}"
        yield _finding(verdict, outcome.check, severity, text, path, _line(verdict, outcome))


def _finding(
    verdict: Verdict, check: str, severity: str, text: str, path: str, line: int | None
) -> dict[str, Any]:
    same = "\0".join([verdict.submission, verdict.kata, check])
    return {
        "description": one_line(text),
        "check_name": one_line(f"{verdict.kata}/{check}"),
        "fingerprint": hashlib.sha256(same.encode(errors="backslashreplace")).hexdigest(),
        "severity": severity,
        "location": {"path": one_line(path), "lines": {"begin": max(line or 1, 1)}},
    }


def _line(verdict: Verdict, outcome: Outcome) -> int | None:
    """Return the last line of the module in an exception's traceback, or None."""
    lines = [f.line for f in outcome.frames if f.file.endswith(verdict.module)]
    return lines[-1] if lines else None
