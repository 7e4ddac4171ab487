"""One HTML page for people: it needs no script and fetches nothing, and its own policy says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from markupsafe import Markup

from ..model import Verdicts
from ..text.sanitize import number, one_line
from .html_templates import digest, templates, verdict_table
from .summary import Standing, held, standings, worst_first

POLICY = "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'"


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write a table of the submissions, and below it each check that did not pass."""
    found = worst_first(standings(verdicts))
    style = templates().get_template("reports/report.css").render()
    page = templates().get_template("reports/report.html.jinja")
    out.writelines(
        page.generate(
            policy=POLICY.format(digest(style)),
            style=Markup(style),  # our own file, the one that the policy names
            course=one_line(verdicts.course),
            submissions=[_submission(standing) for standing in found],
            scored=any(standing.judged for standing in found),
            facts=list(_facts(verdicts)),
        )
    )
    out.write("\n")


def _facts(verdicts: Verdicts) -> Iterator[tuple[str, str]]:
    yield "Seed", str(verdicts.seed)
    yield "Protection", held(verdicts.protection)
    yield "Engine", one_line(f"nnkata {verdicts.engine}")
    for name, value in verdicts.environment.items():
        yield one_line(name.capitalize()), one_line(value)


def _submission(standing: Standing) -> dict[str, Any]:
    return {
        "name": one_line(standing.name) or "(no name)",
        "points": standing.points,
        "max_points": standing.max_points,
        "score": number(standing.score) if standing.judged else "",
        "reasons": [one_line(reason) for reason in standing.reasons],
        "share": number(100 * standing.share),
        "passed": standing.passed,
        "looks_like": [one_line(name) for name in standing.looks_like],
        "katas": [verdict_table(verdict) for verdict in standing.verdicts],
        "refused": [(one_line(r.name), one_line(r.why)) for r in standing.refused],
    }
