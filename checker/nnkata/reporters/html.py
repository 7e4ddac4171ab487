"""One HTML page, without scripts and external files; its security policy enforces this."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from markupsafe import Markup

from ..model import Verdicts
from ..sequences import LazySequence
from ..text.sanitize import number, one_line
from .html_templates import digest, templates, verdict_table
from .summary import SubmissionSummary, needs_person_text, protection_line, summarize, worst_first

POLICY = "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'"


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write an HTML page: a table of the submissions, and below it each failing check."""
    submissions = worst_first(summarize(verdicts))
    style = templates().get_template("reports/report.css").render()
    page = templates().get_template("reports/report.html.jinja")
    out.writelines(
        page.generate(
            policy=POLICY.format(digest(style)),
            style=Markup(style),  # our own file, the one that the policy names
            course=one_line(verdicts.course),
            submissions=LazySequence(submissions, _submission),  # read twice, one at a time
            scored=any(submission.has_score for submission in submissions),
            facts=list(_facts(verdicts)),
        )
    )
    out.write("\n")


def _facts(verdicts: Verdicts) -> Iterator[tuple[str, str]]:
    yield "Seed", str(verdicts.seed)
    yield "Protection", protection_line(verdicts.protection)
    yield "Engine", one_line(f"nnkata {verdicts.engine}")
    for name, value in verdicts.environment.items():
        yield one_line(name.capitalize()), one_line(value)


def _submission(submission: SubmissionSummary) -> dict[str, Any]:
    return {
        "name": one_line(submission.name) or "(no name)",
        "points": f"{submission.points} of {submission.max_points}",
        "points_words": submission.points_words,
        "has_mark": submission.has_mark,
        "needs_person": needs_person_text(submission.needs_person)
        if submission.needs_person
        else "",
        "score": number(submission.score) if submission.has_score else "",
        "reasons": [one_line(reason) for reason in submission.reasons],
        "share": number(100 * submission.share),
        "passed": submission.passed,
        "causes": [one_line(cause) for cause in submission.causes],
        "katas": [verdict_table(verdict) for verdict in submission.verdicts],
        "refused": [(one_line(r.name), one_line(r.why)) for r in submission.refused],
    }
