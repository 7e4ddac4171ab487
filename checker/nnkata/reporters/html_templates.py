"""Render HTML: the templates, hashes for a content security policy, a verdict as plain values."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

import jinja2

from ..model import Outcome, Verdict
from ..text.sanitize import one_line, visible
from .summary import details, not_written_messages, points_of, search_ended


@cache
def templates() -> jinja2.Environment:
    """Return the templates of reports and pages; they escape every value."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("nnkata_templates", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def digest(text: str) -> str:
    """Return the hash of an inline style or script for a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def verdict_table(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as values for a template, with special characters escaped."""
    shown = [o for o in verdict.failures if not o.is_not_written]
    load = verdict.load
    return {
        "name": one_line(verdict.kata),
        "module": one_line(verdict.module),
        "verdict": "passed" if verdict.passed else "not passed",
        "points": verdict.points,
        "max_points": verdict.max_points,
        "mark": points_of(verdict),
        "load": f"{load.kind.replace('_', ' ')}: {one_line(load.message, 1000)}" if load else "",
        "diagnoses": [visible(d.text) for d in verdict.diagnoses],
        "blame": one_line(verdict.blame or ""),
        "search_ended": search_ended(verdict),
        "borrowed": [one_line(name) for name in verdict.borrowed],
        "outcomes": [_outcome(outcome) for outcome in shown],
        "not_written": not_written_messages(verdict),
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
