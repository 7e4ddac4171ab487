"""Workflow commands for GitHub Actions: errors at their lines, and the whole report in the log.

The runner takes a line for a command when it starts with `::`, white space before it or not, and
also when `##[` stands anywhere in it. So every message is escaped, and whatever else is printed
stands between `::stop-commands::TOKEN` and `::TOKEN::`, with a token that is drawn for it.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from typing import TextIO

from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import number, one_line, visible
from . import terminal
from .summary import (
    Standing,
    failing,
    held,
    not_written,
    plain_details,
    said,
    standings,
    worst_first,
)

A_KIND = 10
"""The annotations of one kind that GitHub shows for a step."""
MESSAGE = 4000
"""The most characters of one message."""


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the annotations, and fenced below them the report in words."""
    found = worst_first(standings(verdicts))
    where = f"{verdicts.package}/" if verdicts.package else ""
    alone = len(found) == 1
    errors = [e for standing in found for e in _errors(standing, where, alone)]
    warnings = list(dict.fromkeys(w for standing in found for w in _warnings(standing)))
    out.writelines(_first(errors, "error"))
    out.writelines(_first(warnings, "warning"))
    out.writelines(_first([_notice(verdicts, found)], "notice"))
    words = io.StringIO()
    terminal.write(verdicts, words)
    token = new_token()
    out.write(f"::stop-commands::{token}\n{words.getvalue()}\n::{token}::\n")


def new_token() -> str:
    """Return a token that nobody can have written beforehand."""
    return secrets.token_hex(16)


def command(kind: str, message: str, **properties: str) -> str:
    """Return one workflow command; nothing in it can end it or start another."""
    told = ",".join(f"{name}={_property(text)}" for name, text in properties.items() if text)
    return f"::{kind}{' ' if told else ''}{told}::{_data(message)}\n"


def _data(text: str) -> str:
    text = visible(text).replace("%", "%25")
    return text.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _first(commands: list[str], kind: str) -> list[str]:
    if len(commands) <= A_KIND:
        return commands
    left = len(commands) - A_KIND + 1
    more = f"{left} more of this kind are in the log of this step."
    return [*commands[: A_KIND - 1], command(kind, more, title=f"{left} more")]


def _errors(standing: Standing, where: str, alone: bool) -> Iterator[str]:
    """Yield an error a check that did not pass; with many submissions no file is named."""
    for verdict in standing.verdicts:
        title = verdict.kata if alone else f"{standing.name}, {verdict.kata}"
        if verdict.load is not None:
            file = where + (verdict.load.file or verdict.module) if alone else ""
            yield _at("error", title, verdict.load.message, file, verdict.load.line)
        for outcome in failing(verdict):
            if outcome.outcome != "broken" and not outcome.is_not_written:
                file, line = _place(verdict, outcome, where) if alone else ("", None)
                yield _at("error", title, _told(verdict, outcome), file, line)
        for message in not_written(verdict):
            yield _at("error", title, message, where + verdict.module if alone else "")


def _warnings(standing: Standing) -> Iterator[str]:
    for verdict in standing.verdicts:
        for outcome in failing(verdict):
            if outcome.outcome == "broken":
                yield _at("warning", f"{verdict.kata}: {outcome.check}", said(outcome))
    for refused in standing.refused:
        yield _at("warning", f"{standing.name}: refused", f"{refused.name}: {refused.why}")


def _notice(verdicts: Verdicts, found: list[Standing]) -> str:
    points, whole = sum(s.points for s in found), sum(s.max_points for s in found)
    scored = (
        f", score {number(sum(s.score for s in found))}" if any(s.judged for s in found) else ""
    )
    return command(
        "notice",
        f"Seed {verdicts.seed}; protection {held(verdicts.protection)}",
        title=f"{points} of {whole} points{scored}",
    )


def _at(kind: str, title: str, message: str, file: str = "", line: int | None = None) -> str:
    place = {"file": one_line(file)} if file else {}
    if file and line:
        place["line"] = str(line)
    return command(kind, message[:MESSAGE] or "no message", **place, title=one_line(title, 120))


def _told(verdict: Verdict, outcome: Outcome) -> str:
    parts = [outcome.sentence, plain_details(outcome)]
    parts += [f"Looks like {d.mistake}: {d.text}" for d in verdict.diagnoses]
    return "\n".join(filter(None, parts))


def _place(verdict: Verdict, outcome: Outcome, where: str) -> tuple[str, int | None]:
    if outcome.frames:
        return outcome.frames[-1].file, outcome.frames[-1].line
    return where + verdict.module, None
