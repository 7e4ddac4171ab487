"""Confirm an earlier result: grade again with its seed, and list the differences."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from .. import __version__
from ..checking.assessor import Assessor
from ..model import Verdict, Verdicts
from ..text.sanitize import escape_name
from .grader import environment, grade_one
from .layouts import NeedsPersonError
from .submissions import find_submissions, open_submission, single_module


def recheck(
    result: Verdicts, path: Path, assessor: Assessor, only: Container[str] | None
) -> list[str]:
    """Grade the submissions of a result again, with its seed; return the differences.

    `only` has the names of the katas to compare; None means all.
    """
    differences: list[str] = []
    course = assessor.course
    if result.engine != __version__:
        differences.append(f"engine {result.engine} then, {__version__} now")
    for key, before in result.environment.items():
        now = environment().get(key)
        if now != before:
            differences.append(f"{key} {before} then, {now} now")
    then = [v for v in result.verdicts if only is None or v.kata in only]
    graded = {v.kata for v in then}
    katas = [kata for name, kata in course.katas.items() if name in graded]
    names = list(dict.fromkeys(v.submission for v in then))
    many = len(names) + len(result.needs_person) > 1
    paths = {escape_name(p.name): p for p in find_submissions(path, each=many)}
    absent: set[str] = set()
    again: dict[tuple[str, str], Verdict] = {}
    for name in names:
        if name not in paths:
            differences.append(f"{name}: the submission is not at {path}")
            absent.add(name)
            continue
        try:
            submission = open_submission(paths[name], course, assessor.pool, single_module(katas))
        except NeedsPersonError as error:
            differences.append(f"{name}: it needs a person now: {error.reason}")
            absent.add(name)
            continue
        for verdict in grade_one(submission, katas, assessor, result.seed):
            again[name, verdict.kata] = verdict
    for verdict in then:
        if verdict.submission not in absent:
            differences += _compare(verdict, again.get((verdict.submission, verdict.kata)))
    return differences


def _compare(then: Verdict, now: Verdict | None) -> list[str]:
    """Return the differences between two verdicts on the same kata of a submission."""
    what = f"{then.submission}, {then.kata}"
    if now is None:
        return [f"{what}: there is no longer such a kata"]
    changed = [
        part for part in ("module", "checks") if then.sha256.get(part) != now.sha256.get(part)
    ]
    differences = [
        f"{what}: the {part} {'have' if part == 'checks' else 'has'} changed" for part in changed
    ]
    before = {o.check: o.outcome for o in then.outcomes}
    after = {o.check: o.outcome for o in now.outcomes}
    differences += [
        f"{what}: {check} was {before.get(check)}, is {after.get(check)}"
        for check in dict.fromkeys([*before, *after])
        if before.get(check) != after.get(check)
    ]
    if then.points != now.points:
        differences.append(f"{what}: {then.points} points then, {now.points} now")
    return differences
