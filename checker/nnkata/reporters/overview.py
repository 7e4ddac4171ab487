"""Write the results of grading for an instructor, as lines of text."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from ..model import Verdicts
from ..text.layout import FileWriter, TextWriter
from ..text.sanitize import number
from .summary import (
    SubmissionSummary,
    Summaries,
    broken_checks,
    likely_cause,
    search_ended,
    summarize,
    worst_first,
)
from .terminal import one_line, visible, write_verdict


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write one submission in full, or an overview of many."""
    writer = FileWriter(out)
    if len(summarize(verdicts)) > 1:
        write_results(writer, verdicts)
        return
    for verdict in verdicts.verdicts:
        write_verdict(writer, verdict)
        writer.echo()
    _write_needs_person(writer, verdicts)
    _write_rejections(writer, verdicts)


def write_results(writer: TextWriter, result: Verdicts) -> None:
    """Write the katas of one submission, or an overview of many, the worst first."""
    submissions = worst_first(summarize(result))
    for submission in submissions:
        if submission.verdicts:
            _write_submission(writer, submission, len(submissions) > 1)
    _write_needs_person(writer, result)
    _write_rejections(writer, result)
    if result.not_graded:
        words = ", ".join(one_line(name) for name in result.not_graded[:5])
        more = f" and {len(result.not_graded) - 5} more" if len(result.not_graded) > 5 else ""
        writer.paragraph(f"not graded, because the run was stopped: {words}{more}", hang=2)
    if result.policy_error is not None:
        writer.paragraph(f"There are no scores: {visible(result.policy_error)}", hang=2, fg="red")
    writer.echo()
    if len(submissions) > 1:
        _write_statistics(writer, submissions)
    writer.echo(
        f"seed {result.seed} · protection level {result.protection.level} · "
        f"{visible(result.protection.files)}"
    )


def _write_submission(writer: TextWriter, submission: SubmissionSummary, short: bool) -> None:
    score = f" · score {number(submission.score)}" if submission.has_score and short else ""
    katas = f" · {submission.passed} of {len(submission.verdicts)} katas pass" if short else ""
    writer.echo(
        f"{one_line(submission.name)} · {submission.points_words}{score}{katas}",
        bold=True,
    )
    for verdict in submission.verdicts:
        if verdict.passed and short:
            continue
        mark, dot = writer.symbols["passed" if verdict.passed else "failed"], writer.symbols["dot"]
        cause = " ".join(likely_cause(d) for d in verdict.diagnoses)
        if verdict.load is not None:
            cause = f"{verdict.load.kind}: {verdict.load.message}"
        cause = cause or search_ended(verdict)
        score = f" {dot} score {number(verdict.score)}" if verdict.score is not None else ""
        line = f"{mark} {one_line(verdict.kata)} {verdict.points}/{verdict.max_points}{score}"
        if broken := broken_checks(verdict):
            words = f"{'is' if len(broken) == 1 else 'are'} broken: a fault of the course, no mark"
            line = f"! {one_line(verdict.kata)} {dot} {', '.join(broken)} {words}"
        writer.paragraph(line + (f" {dot} {one_line(cause)}" if cause else ""), indent=2, hang=4)


def _write_needs_person(writer: TextWriter, result: Verdicts) -> None:
    for entry in result.needs_person:
        line = f"needs a person: {entry.submission}: {entry.reason} ({entry.place})"
        writer.paragraph(one_line(line), hang=2, fg="yellow")
        writer.paragraph(f"→ {one_line(entry.next_step)}", indent=2, hang=2)


def _write_rejections(writer: TextWriter, result: Verdicts) -> None:
    for rejection in result.refused:
        line = f"refused in {rejection.submission}: {rejection.name}: {rejection.why}"
        writer.paragraph(one_line(line), hang=2)


def _write_statistics(writer: TextWriter, submissions: Summaries) -> None:
    """Write how many submissions pass every kata, the mean, and the most frequent mistakes."""
    complete = marked = unread = 0
    share = 0.0
    causes: Counter[str] = Counter()
    for submission in submissions:
        complete += submission.passed == len(submission.verdicts) > 0
        unread += submission.needs_person is not None
        if submission.has_mark:
            marked, share = marked + 1, share + submission.share
        causes.update(
            f"{verdict.kata}: {likely_cause(diagnosis)}"
            for verdict in submission.verdicts
            for diagnosis in verdict.diagnoses
        )
    parts = [f"{len(submissions)} submissions", f"{complete} pass every kata"]
    if marked:
        parts.append(f"{100 * share / marked:.0f} % on average")
    if unread:
        parts.append(f"{unread} {'needs' if unread == 1 else 'need'} a person")
    writer.echo(" · ".join(parts))
    for cause, times in causes.most_common(5):
        writer.paragraph(f"{times} x {one_line(cause)}", indent=2, hang=4)
