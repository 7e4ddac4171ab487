"""One HTML page for people: it needs no script and fetches nothing, and its own policy says so."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any, TextIO

import jinja2
from markupsafe import Markup

from ..model import Outcome, Verdict, Verdicts
from .text import (
    NOT_WRITTEN,
    Standing,
    details,
    failing,
    held,
    not_written,
    number,
    one_line,
    standings,
    visible,
    worst_first,
)

POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write a table of the submissions, and below it each check that did not pass."""
    found = worst_first(standings(verdicts))
    style = _templates().get_template("report.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _templates().get_template("report.html.jinja")
    out.writelines(
        page.generate(
            policy=POLICY.format(digest),
            style=Markup(style),  # our own file, the one that the policy names
            course=one_line(verdicts.course),
            submissions=[_submission(standing) for standing in found],
            scored=any(standing.judged for standing in found),
            facts=list(_facts(verdicts)),
        )
    )
    out.write("\n")


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("nnkata_templates", "reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


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
        "katas": [_kata(verdict) for verdict in standing.verdicts],
        "refused": [(one_line(r.name), one_line(r.why)) for r in standing.refused],
    }


def _kata(verdict: Verdict) -> dict[str, Any]:
    shown = [o for o in failing(verdict) if o.raised != NOT_WRITTEN]
    load = verdict.load
    return {
        "name": one_line(verdict.kata),
        "module": one_line(verdict.module),
        "verdict": "passed" if verdict.passed else "not passed",
        "points": verdict.points,
        "max_points": verdict.max_points,
        "load": f"{load.kind.replace('_', ' ')}: {one_line(load.message, 1000)}" if load else "",
        "diagnoses": [(one_line(d.mistake), visible(d.text)) for d in verdict.diagnoses],
        "blame": one_line(verdict.blame or ""),
        "borrowed": [one_line(name) for name in verdict.borrowed],
        "outcomes": [_outcome(outcome) for outcome in shown],
        "not_written": not_written(verdict),
        "passed": [one_line(o.sentence) for o in verdict.outcomes if o.outcome == "passed"],
        "not_run": [one_line(o.sentence) for o in verdict.outcomes if o.outcome == "not_run"],
        "sha256": [(one_line(k), one_line(v)) for k, v in verdict.sha256.items() if v],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "sentence": one_line(outcome.sentence, 1000),
        "outcome": outcome.outcome.replace("_", " "),
        "points": outcome.points,
        "max_points": outcome.max_points,
        "details": list(details(outcome)),
    }
