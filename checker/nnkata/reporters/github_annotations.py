"""Workflow commands for GitHub Actions: errors at their lines, and the whole report in the log.

The runner treats a line as a command if it starts with `::`, with or without white space before it,
or if it contains `##[`. So every message is escaped, and all other output is between
`::stop-commands::TOKEN` and `::TOKEN::`, with a random token.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TextIO

from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import number, one_line, visible
from . import overview
from .summary import (
    SubmissionSummary,
    Summaries,
    needs_person_text,
    not_written_messages,
    outcome_message,
    plain_details,
    protection_line,
    search_ended,
    summarize,
    worst_first,
)

PER_KIND = 10
"""The number of annotations of one kind that GitHub shows per step."""
MESSAGE_CHARACTERS = 4000
"""The length limit of one message."""


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the annotations, and below them the report as text, with commands disabled."""
    submissions = worst_first(summarize(verdicts))
    where = f"{verdicts.package}/" if verdicts.package else ""
    alone = len(submissions) == 1
    errors = (e for submission in submissions for e in _errors(submission, where, alone))
    out.writelines(_limit(errors, "error"))
    warnings = dict.fromkeys(w for submission in submissions for w in _warnings(submission))
    out.writelines(_limit(warnings, "warning"))
    out.write(_notice(verdicts, submissions))
    token = new_token()
    out.write(f"::stop-commands::{token}\n")
    overview.write(verdicts, out)
    out.write(f"\n::{token}::\n")


def new_token() -> str:
    """Return a token that no submission can guess."""
    return secrets.token_hex(16)


def command(kind: str, message: str, **properties: str) -> str:
    """Return one workflow command; no text in it can end it or start another."""
    fields = ",".join(f"{name}={_property(text)}" for name, text in properties.items() if text)
    return f"::{kind}{' ' if fields else ''}{fields}::{_data(message)}\n"


def _data(text: str) -> str:
    text = visible(text).replace("%", "%25")
    return text.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _limit(commands: Iterable[str], kind: str) -> list[str]:
    """Return the first commands; the last one says how many more there are."""
    rest = iter(commands)
    shown = list(islice(rest, PER_KIND))
    hidden = sum(1 for _ in rest)
    if not hidden:
        return shown
    more = f"{hidden + 1} more of this kind are in the log of this step."
    return [*shown[: PER_KIND - 1], command(kind, more, title=f"{hidden + 1} more")]


def _errors(submission: SubmissionSummary, where: str, alone: bool) -> Iterator[str]:
    """Yield an error for each failing check, unloadable module and function not written yet.

    Broken checks are warnings. With more than one submission, no file is named.
    """
    for verdict in submission.verdicts:
        title = verdict.kata if alone else f"{submission.name}, {verdict.kata}"
        if verdict.load is not None:
            file = where + (verdict.load.file or verdict.module) if alone else ""
            yield _at("error", title, verdict.load.message, file, verdict.load.line)
        for outcome in verdict.failures:
            if outcome.outcome != "broken" and not outcome.is_not_written:
                file, line = _place(verdict, outcome, where) if alone else ("", None)
                yield _at("error", title, _message(verdict, outcome), file, line)
        for message in not_written_messages(verdict):
            yield _at("error", title, message, where + verdict.module if alone else "")


def _warnings(submission: SubmissionSummary) -> Iterator[str]:
    if submission.needs_person is not None:
        text = needs_person_text(submission.needs_person)
        yield _at("warning", f"{submission.name}: needs a person", text)
    for verdict in submission.verdicts:
        for outcome in verdict.failures:
            if outcome.outcome == "broken":
                yield _at("warning", f"{verdict.kata}: {outcome.check}", outcome_message(outcome))
    for rejection in submission.refused:
        yield _at("warning", f"{submission.name}: refused", f"{rejection.name}: {rejection.why}")


def _notice(verdicts: Verdicts, submissions: Summaries) -> str:
    marked = points = most = 0
    score, has_score = 0.0, False
    for submission in submissions:
        if submission.has_mark:
            marked += 1
            points, most = points + submission.points, most + submission.max_points
            score, has_score = score + submission.score, has_score or submission.has_score
    words = f"{points} of {most} points" if marked else "no mark"
    if marked and marked < len(submissions):
        words += f", {len(submissions) - marked} without a mark"
    scored = f", score {number(score)}" if has_score else ""
    return command(
        "notice",
        f"Seed {verdicts.seed}; protection {protection_line(verdicts.protection)}",
        title=f"{words}{scored}",
    )


def _at(kind: str, title: str, message: str, file: str = "", line: int | None = None) -> str:
    place = {"file": one_line(file)} if file else {}
    if file and line:
        place["line"] = str(line)
    return command(
        kind, message[:MESSAGE_CHARACTERS] or "no message", **place, title=one_line(title, 120)
    )


def _message(verdict: Verdict, outcome: Outcome) -> str:
    parts = [outcome.sentence, plain_details(outcome)]
    parts += [f"Likely cause: {d.text}" for d in verdict.diagnoses]
    return "\n".join(filter(None, [*parts, search_ended(verdict)]))


def _place(verdict: Verdict, outcome: Outcome, where: str) -> tuple[str, int | None]:
    if outcome.frames:
        return outcome.frames[-1].file, outcome.frames[-1].line
    return where + verdict.module, None
