"""Markdown for the summary of a GitHub Actions step, the worst submissions first.

GitHub drops a summary that is larger than 1 MiB, so this one stops before that and counts what it
leaves out. Text of a submission is written only as code, where GitHub interprets no Markdown, HTML
or mentions.
"""

from __future__ import annotations

import re
from html import escape
from itertools import takewhile
from typing import TextIO

from ..model import Outcome, Verdict, Verdicts
from ..sequences import LazySequence
from ..text.sanitize import number, one_line
from .summary import (
    SubmissionSummary,
    details,
    needs_person_text,
    not_written_messages,
    points_of,
    protection_line,
    search_ended,
    summarize,
    worst_first,
)

LIMIT = 1024 * 1024
"""The size limit of a summary on GitHub, in bytes."""
RESERVED = 4096
"""Bytes for the last lines, which say what was left out."""
NAMED = 20
"""The number of refused files that are named."""


class LimitedText:
    """Text to which parts are added up to a size limit."""

    def __init__(self, limit: int) -> None:
        """Limit the text to a number of bytes."""
        self.room = limit
        self.parts: list[str] = []

    def add(self, text: str) -> bool:
        """Add a part if there is room for it; return whether it was added."""
        size = len(text.encode())
        if size > self.room:
            return False
        self.room -= size
        self.parts.append(text)
        return True


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write a table of the submissions, and below it the failing checks."""
    submissions = worst_first(summarize(verdicts))
    summary = LimitedText(LIMIT - RESERVED)
    complete = sum(s.passed == len(s.verdicts) > 0 for s in submissions)
    count = f"{len(submissions)} submission{'s' if len(submissions) != 1 else ''}"
    summary.add(
        f"# {prose(verdicts.course)}: {count}, {complete} of them with every kata passed\n\n"
    )
    summary.add("| Submission | Points | Score | Katas passed | Likely cause |\n")
    summary.add("| --- | ---: | ---: | ---: | --- |\n")
    rows = sum(1 for _ in takewhile(summary.add, map(_row, submissions)))
    summary.add("\n")
    names = [
        s.name for s in submissions if s.passed < len(s.verdicts) or s.refused or s.needs_person
    ]
    detailed = LazySequence(names, submissions.make)
    written = sum(1 for _ in takewhile(summary.add, map(_details, detailed)))
    out.writelines(summary.parts)
    out.write(_left_out(len(submissions) - rows, len(detailed) - written))
    out.write(f"Seed {verdicts.seed} · protection {prose(protection_line(verdicts.protection))}\n")


def prose(text: str) -> str:
    """Return text of a course on one line, with Markdown's special characters escaped."""
    line = one_line(text, 3000)
    safe = re.sub(r"([\\`*_{}\[\]#|<>&~!$]|:(?=\S))|(?<=\w)(\.)(?=\w)", r"\\\1\2", line)
    return safe.replace("@", "@\N{ZERO WIDTH SPACE}")


def code(text: str) -> str:
    """Return text of a submission on one line, as a code span for a table: pipes are replaced."""
    line = one_line(text, 120).replace("|", "│")
    if not line:
        return "(no name)"
    ticks = "`" * (_longest_run(line) + 1)
    pad = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def block(text: str) -> str:
    """Return text of a submission as a code block, with a fence that it cannot close."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}\n\n"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _row(submission: SubmissionSummary) -> str:
    causes = " ".join(prose(cause) for cause in submission.causes[:3])
    more = len(submission.causes) - 3
    if more > 0:
        causes += f" and {more} more"
    if not submission.has_mark:
        words = "needs a person" if submission.needs_person else "no mark"
        return f"| {code(submission.name)} | {words} | | | {causes} |\n"
    points = f"{submission.points} / {submission.max_points}"
    percent = number(100 * submission.share) + " %"
    score = number(submission.score) if submission.has_score else percent
    katas = f"{submission.passed} / {len(submission.verdicts)}"
    return f"| {code(submission.name)} | {points} | {score} | {katas} | {causes} |\n"


def _details(submission: SubmissionSummary) -> str:
    name = escape(one_line(submission.name, 120) or "(no name)")
    parts = [f"<details><summary><code>{name}</code>: {submission.points_words}</summary>\n\n"]
    if submission.needs_person is not None:
        parts.append(block(needs_person_text(submission.needs_person)))
    if submission.has_score:
        reasons = prose("; ".join(submission.reasons))
        parts.append(f"Score {number(submission.score)}: {reasons}\n\n")
    parts += [_kata(verdict) for verdict in submission.verdicts if not verdict.passed]
    parts += [f"Refused: {code(r.name)}, {code(r.why)}\n\n" for r in submission.refused[:NAMED]]
    if len(submission.refused) > NAMED:
        parts.append(f"{len(submission.refused) - NAMED} more files were refused.\n\n")
    return "".join(parts) + "</details>\n\n"


def _kata(verdict: Verdict) -> str:
    parts = [f"### {prose(verdict.kata)}: {points_of(verdict)}\n\n"]
    if verdict.load is not None:
        kind = verdict.load.kind.replace("_", " ")
        parts.append(f"The module could not be loaded ({kind}), so no check was run.\n\n")
        parts.append(block(one_line(verdict.load.message, 1000)))
        return "".join(parts)
    parts += [f"**Likely cause:** {prose(diagnosis.text)}\n\n" for diagnosis in verdict.diagnoses]
    if verdict.blame:
        parts.append(f"The cause is the kata {prose(verdict.blame)}, which this kata needs.\n\n")
    if verdict.search_ended:
        parts.append(f"{prose(search_ended(verdict))}\n\n")
    parts += [_outcome(outcome) for outcome in verdict.failures if not outcome.is_not_written]
    unwritten = not_written_messages(verdict)
    if unwritten:
        parts.append("Not written yet:\n\n" + block("\n".join(unwritten)))
    skipped = sum(o.outcome == "not_run" for o in verdict.outcomes)
    if skipped:
        parts.append(f"Not run: {skipped} of {len(verdict.outcomes)} checks.\n\n")
    return "".join(parts)


def _outcome(outcome: Outcome) -> str:
    parts = [f"**{outcome.outcome}**: {prose(outcome.sentence)}\n\n"]
    text = "\n".join(f"{label}:\n{value}" for label, value in details(outcome))
    if text:
        parts.append(block(text))
    return "".join(parts)


def _left_out(rows: int, submissions: int) -> str:
    if not rows and not submissions:
        return ""
    return (
        f"Left out, since GitHub accepts at most 1 MiB: {rows} rows of the table, and the "
        f"details of {submissions} submissions. The report `json` or `html` has everything.\n\n"
    )
