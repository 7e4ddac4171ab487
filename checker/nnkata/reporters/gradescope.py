"""Gradescope's results.json for one submission.

What `--reveal` withholds is not in the file, so everything in the file may be shown: the tests are
visible, the output of the grader is hidden, and no text is interpreted as Markdown or HTML.
"""

from __future__ import annotations

from typing import Any, TextIO

from ..model import Outcome, Verdict, Verdicts
from ..text.sanitize import json_text, number, one_line, visible
from .summary import (
    SubmissionSummary,
    needs_person_text,
    only_submission,
    plain_details,
    points_of,
    protection_line,
    search_ended,
)


def write(verdicts: Verdicts, out: TextIO) -> None:
    """Write the results; raises `KataError` if there is more than one submission."""
    submission = only_submission(verdicts, "Gradescope")
    result: dict[str, Any] = {
        "output": _summary(submission, verdicts),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(sum(o.seconds for v in submission.verdicts for o in v.outcomes)),
        "extra_data": {
            "engine": one_line(verdicts.engine),
            "seed": verdicts.seed,
            "sha256": {
                visible(f"{verdict.kata}: {part}"): visible(digest)
                for verdict in submission.verdicts
                for part, digest in verdict.sha256.items()
            },
        },
        "tests": [
            _test(verdict, outcome, f"{place}.{number_}")
            for place, verdict in enumerate(submission.verdicts, 1)
            for number_, outcome in enumerate(verdict.outcomes, 1)
        ],
    }
    scored = any(verdict.score is not None for verdict in submission.verdicts)
    if scored or not result["tests"]:  # Gradescope takes no result without a score
        result["score"] = submission.score
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


def _summary(submission: SubmissionSummary, verdicts: Verdicts) -> str:
    lines = []
    if submission.needs_person is not None:
        lines.append("This submission could not be judged: the score 0 is not a mark.")
        lines.append(needs_person_text(submission.needs_person))
    elif submission.broken:
        lines.append("A check of the course is broken: this is not a mark. Grade again.")
    else:
        lines.append(submission.points_words)
    if verdicts.policy_error is not None:
        lines.append(f"There is no score: {one_line(verdicts.policy_error)}")
    if submission.has_score:
        lines.append(f"Score {number(submission.score)}: {one_line('; '.join(submission.reasons))}")
    for verdict in submission.verdicts:
        lines.append(f"\n{one_line(verdict.kata)}: {points_of(verdict)}")
        if verdict.load is not None:
            message = one_line(verdict.load.message, 1000)
            lines.append(f"  could not be loaded ({verdict.load.kind}): {message}")
        lines += [f"  likely cause: {one_line(d.text, 3000)}" for d in verdict.diagnoses]
        if verdict.blame:
            lines.append(f"  the cause is {one_line(verdict.blame)}, which this kata needs")
        if verdict.search_ended:
            lines.append(f"  {search_ended(verdict)}")
    lines += [f"\nrefused: {one_line(f'{r.name}: {r.why}')}" for r in submission.refused]
    lines.append(f"\nseed {verdicts.seed} · protection {protection_line(verdicts.protection)}")
    return visible("\n".join(lines))
