"""Markdown for the summary of a GitHub Actions step, the worst first.

GitHub drops a summary over 1 MiB whole, so this one ends before that and counts what it leaves out.
Text of a submission stands in code only, where neither Markdown, HTML, nor a mention is looked for.
"""

from __future__ import annotations

import re
from html import escape
from itertools import takewhile
from typing import TextIO

from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import number, one_line
from .summary import (
    Standing,
    details,
    failing,
    held,
    not_written,
    standings,
    worst_first,
)

LIMIT = 1024 * 1024
"""The bytes of a summary that GitHub takes."""
KEPT_FREE = 4096
"""Bytes that what was left out and the last lines need."""
NAMED = 20
"""The most refused files that are named."""


class Sheet:
    """Text that takes parts as long as there is room for them."""

    def __init__(self, room: int) -> None:
        """Take the bytes that there are."""
        self.room = room
        self.parts: list[str] = []

    def add(self, text: str) -> bool:
        """Add a part, or return that there is no room for it."""
        size = len(text.encode())
        if size > self.room:
            return False
        self.room -= size
        self.parts.append(text)
        return True


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write a table of the submissions, and below it what did not pass."""
    found = worst_first(standings(verdicts))
    sheet = Sheet(LIMIT - KEPT_FREE)
    whole = sum(standing.passed == len(standing.verdicts) for standing in found)
    many = f"{len(found)} submission{'s' if len(found) != 1 else ''}"
    sheet.add(f"# {prose(verdicts.course)}: {many}, {whole} of them with every kata passed\n\n")
    sheet.add("| Submission | Points | Score | Katas passed | Looks like |\n")
    sheet.add("| --- | ---: | ---: | ---: | --- |\n")
    rows = sum(1 for _ in takewhile(sheet.add, map(_row, found)))
    sheet.add("\n")
    wanted = [s for s in found if s.passed < len(s.verdicts) or s.refused]
    told = sum(1 for _ in takewhile(sheet.add, map(_details, wanted)))
    out.writelines(sheet.parts)
    out.write(_left_out(len(found) - rows, len(wanted) - told))
    out.write(f"Seed {verdicts.seed} · protection {prose(held(verdicts.protection))}\n")


def prose(text: str) -> str:
    """Return text of a course, in one line, as Markdown that says just that."""
    line = one_line(text, 3000)
    safe = re.sub(r"([\\`*_{}\[\]#|<>&~!$]|:(?=\S))|(?<=\w)(\.)(?=\w)", r"\\\1\2", line)
    return safe.replace("@", "@\N{ZERO WIDTH SPACE}")


def code(text: str) -> str:
    """Return text of a submission, in one line, as a code span; no pipe, which ends a cell."""
    line = one_line(text, 120).replace("|", "│")
    if not line:
        return "(no name)"
    ticks = "`" * (_longest_run(line) + 1)
    pad = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def block(text: str) -> str:
    """Return text of a submission as a block of code, behind a fence that it cannot close."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}\n\n"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _row(standing: Standing) -> str:
    said = ", ".join(prose(name) for name in standing.looks_like[:3])
    more = len(standing.looks_like) - 3
    if more > 0:
        said += f" and {more} more"
    points = f"{standing.points} / {standing.max_points}"
    score = number(standing.score) if standing.judged else number(100 * standing.share) + " %"
    katas = f"{standing.passed} / {len(standing.verdicts)}"
    return f"| {code(standing.name)} | {points} | {score} | {katas} | {said} |\n"


def _details(standing: Standing) -> str:
    name = escape(one_line(standing.name, 120) or "(no name)")
    points = f"{standing.points} of {standing.max_points} points"
    parts = [f"<details><summary><code>{name}</code>: {points}</summary>\n\n"]
    if standing.judged:
        parts.append(f"Score {number(standing.score)}: {prose('; '.join(standing.reasons))}\n\n")
    parts += [_kata(verdict) for verdict in standing.verdicts if not verdict.passed]
    parts += [f"Rejection: {code(r.name)}, {code(r.why)}\n\n" for r in standing.refused[:NAMED]]
    if len(standing.refused) > NAMED:
        parts.append(f"{len(standing.refused) - NAMED} more files were refused.\n\n")
    return "".join(parts) + "</details>\n\n"


def _kata(verdict: Verdict) -> str:
    points = f"{verdict.points} of {verdict.max_points} points"
    parts = [f"### {prose(verdict.kata)}: {points}\n\n"]
    if verdict.load is not None:
        kind = verdict.load.kind.replace("_", " ")
        parts.append(f"The module could not be loaded ({kind}), so no check was run.\n\n")
        parts.append(block(one_line(verdict.load.message, 1000)))
        return "".join(parts)
    parts += [
        f"Looks like **{prose(diagnosis.mistake)}**: {prose(diagnosis.text)}\n\n"
        for diagnosis in verdict.diagnoses
    ]
    if verdict.blame:
        parts.append(f"What breaks it is the kata {prose(verdict.blame)}, which it needs.\n\n")
    parts += [_outcome(outcome) for outcome in failing(verdict) if not outcome.is_not_written]
    unwritten = not_written(verdict)
    if unwritten:
        parts.append("Not written yet:\n\n" + block("\n".join(unwritten)))
    waiting = sum(o.outcome == "not_run" for o in verdict.outcomes)
    if waiting:
        parts.append(f"Not run: {waiting} of {len(verdict.outcomes)} checks.\n\n")
    return "".join(parts)


def _outcome(outcome: Outcome) -> str:
    parts = [f"**{outcome.outcome}**: {prose(outcome.sentence)}\n\n"]
    text = "\n".join(f"{label}:\n{told}" for label, told in details(outcome))
    if text:
        parts.append(block(text))
    return "".join(parts)


def _left_out(rows: int, told: int) -> str:
    if not rows and not told:
        return ""
    return (
        f"Left out, because GitHub takes no more than 1 MiB: {rows} rows of the table, and the "
        f"details of {told} submissions. The report `json` or `html` holds everything.\n\n"
    )
