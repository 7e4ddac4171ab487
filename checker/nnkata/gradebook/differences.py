"""Find marks that differ between two results or gradebooks, and the reasons."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ..model import Verdict
from ..text.sanitize import number, one_line
from .marks import KataMark, StudentMark, compute_marks
from .records import GradebookSnapshot, Note

WHOLE = ""
"""The name of the whole mark, in place of a kata's name."""


class MarkChange(Struct, frozen=True, kw_only=True):
    """A mark that differs, and the reasons."""

    student: str
    kata: str
    """The kata, or "" for the whole mark."""
    old: float | None
    """null if there is no mark."""
    new: float | None
    why: list[str]


class GradebookDiff(Struct, kw_only=True):
    """The output of `kata gradebook diff --json`."""

    schema: Literal["nnkata/gradebook-diff/v1"] = "nnkata/gradebook-diff/v1"
    old: str
    new: str
    students: int
    """The number of students in both together."""
    changes: list[MarkChange]
    """For each student, the whole mark first, then the katas."""


def compare(old: GradebookSnapshot, new: GradebookSnapshot) -> GradebookDiff:
    """Return the marks that differ; students are matched by the roster, or by submission."""
    roster = new.roster or old.roster
    before = {s.id: s for s in compute_marks(old, roster=roster).students}
    after = {s.id: s for s in compute_marks(new, roster=roster).students}
    everybody = dict.fromkeys([*before, *after])
    changes: list[MarkChange] = []
    for student in everybody:
        changes += _compare_student(student, before.get(student), after.get(student))
    return GradebookDiff(old=old.source, new=new.source, students=len(everybody), changes=changes)


def _compare_student(
    student: str, old: StudentMark | None, new: StudentMark | None
) -> list[MarkChange]:
    katas = dict.fromkeys([*(new.katas if new else ()), *(old.katas if old else ())])
    changes = []
    for kata in katas:
        one = old.katas.get(kata) if old else None
        other = new.katas.get(kata) if new else None
        before, now = one.mark if one else None, other.mark if other else None
        if before != now:
            changes.append(_change(student, kata, (before, now), explain_kata(one, other)))
    whole = (old.mark if old else None), (new.mark if new else None)
    if whole[0] != whole[1]:
        why = _explain_override(old.override if old else None, new.override if new else None)
        if not why and changes:
            why = [f"{', '.join(change.kata for change in changes)}: see below"]
        if not why or whole[1] is None or whole[0] is None:
            why += [w for w in (_absence("before", old), _absence("now", new)) if w]
        changes.insert(0, _change(student, WHOLE, whole, why))
    return changes


def _absence(when: str, mark: StudentMark | None) -> str:
    if mark is None:
        return f"{when}: unknown"
    return f"{when}: {mark.why}" if mark.mark is None else ""


def _change(
    student: str, kata: str, marks: tuple[float | None, float | None], why: list[str]
) -> MarkChange:
    lines = [one_line(line) for line in why]
    return MarkChange(student=student, kata=kata, old=marks[0], new=marks[1], why=lines)


def explain_kata(old: KataMark | None, new: KataMark | None) -> list[str]:
    """Return why the mark of a kata differs: an override, checks, the scoring rule."""
    one = old.verdict if old else None
    other = new.verdict if new else None
    why = _explain_override(old.override if old else None, new.override if new else None)
    if one is not None and other is not None:
        why += _explain_verdicts(one, other)
    for when, mark in (("before", old), ("now", new)):
        if mark is None or (mark.mark is None and mark.why):
            why.append(f"{when}: {mark.why if mark else 'no results'}")
    return why


def _explain_override(old: Note | None, new: Note | None) -> list[str]:
    if old == new or (old and new and _same_override(old, new)):
        return []
    if new is None:
        assert old is not None
        return [f"the override {number(old.score or 0)} by {old.by} does not count any more"]
    return [f"override {number(new.score or 0)} by {new.by}: {new.why}"]


def _same_override(old: Note, new: Note) -> bool:
    return (old.score, old.by, old.why) == (new.score, new.by, new.why)


def _explain_verdicts(old: Verdict, new: Verdict) -> list[str]:
    """Return the checks with a different outcome, and other differences that affect the mark."""
    why = []
    for part, words in (("module", "the module is different"), ("checks", "the checks changed")):
        if old.sha256.get(part) != new.sha256.get(part):
            why.append(words)
    if (old.load and old.load.kind) != (new.load and new.load.kind):
        kind = new.load.kind.replace("_", " ") if new.load else ""
        why.append(f"the module could not be loaded: {kind}" if kind else "the module loads now")
    before = {outcome.check: outcome for outcome in old.outcomes}
    after = {outcome.check: outcome for outcome in new.outcomes}
    for check in dict.fromkeys([*before, *after]):
        one, other = before.get(check), after.get(check)
        if one is None or other is None:
            known = one or other
            assert known is not None
            why.append(f"{check}: {'new, ' + known.outcome if one is None else 'removed'}")
        elif one.outcome != other.outcome:
            why.append(f"{check}: {one.outcome} → {other.outcome}")
        elif (one.points, one.max_points) != (other.points, other.max_points):
            why.append(f"{check}: {one.points} → {other.points} points")
    if (old.score, old.score_reason) != (new.score, new.score_reason):
        if new.score_reason:
            why.append(f"score: {new.score_reason}")
        elif old.score_reason:
            why.append(f"score: no scoring rule any more (before: {old.score_reason})")
    return why
