"""Gradescope's results.json for one submission.

What `--reveal` withholds is not in the file at all, so what is in it may be seen: the tests are
visible, the harness's own output is hidden, and no text is taken for Markdown or HTML.
"""

from __future__ import annotations

from typing import Any, TextIO

from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import json_text, number, one_line, visible
from .summary import Standing, held, plain_details, the_one


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the results; raises `KataError` when there is more than one submission."""
    standing = the_one(verdicts, "Gradescope")
    result: dict[str, Any] = {
        "output": _summary(standing, verdicts),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(sum(o.seconds for v in standing.verdicts for o in v.outcomes)),
        "extra_data": {
            "engine": one_line(verdicts.engine),
            "seed": verdicts.seed,
            "sha256": {
                visible(f"{verdict.kata}: {part}"): visible(digest)
                for verdict in standing.verdicts
                for part, digest in verdict.sha256.items()
            },
        },
        "tests": [
            _test(verdict, outcome, f"{place}.{number_}")
            for place, verdict in enumerate(standing.verdicts, 1)
            for number_, outcome in enumerate(verdict.outcomes, 1)
        ],
    }
    if standing.judged or not result["tests"]:
        result["score"] = standing.score
    out.write(json_text(result))


def _test(verdict: Verdict, outcome: Outcome, place: str) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": one_line(f"{verdict.kata}: {outcome.sentence}"),
        "name_format": "text",
        "number": place,
        "status": "passed" if outcome.outcome == "passed" else "failed",
        "output": plain_details(outcome) or outcome.outcome.replace("_", " "),
        "output_format": "text",
        "visibility": "visible",
        "tags": [one_line(verdict.kata), outcome.outcome],
    }
    if outcome.outcome != "broken":
        test["score"] = outcome.points
        test["max_score"] = outcome.max_points
    return test


def _summary(standing: Standing, verdicts: Verdicts) -> str:
    lines = []
    if standing.broken:
        lines.append("A check of the course is broken: this is not a mark. Grade again.")
    lines.append(f"{standing.points} of {standing.max_points} points")
    if standing.judged:
        lines.append(f"Score {number(standing.score)}: {one_line('; '.join(standing.reasons))}")
    for verdict in standing.verdicts:
        lines.append(f"\n{one_line(verdict.kata)}: {verdict.points} of {verdict.max_points}")
        if verdict.load is not None:
            message = one_line(verdict.load.message, 1000)
            lines.append(f"  could not be loaded ({verdict.load.kind}): {message}")
        lines += [f"  looks like {d.mistake}: {one_line(d.text, 3000)}" for d in verdict.diagnoses]
        if verdict.blame:
            lines.append(f"  what breaks it is {one_line(verdict.blame)}, which it needs")
    lines += [f"\nrefused: {one_line(f'{r.name}: {r.why}')}" for r in standing.refused]
    lines.append(f"\nseed {verdicts.seed} · protection {held(verdicts.protection)}")
    return visible("\n".join(lines))
