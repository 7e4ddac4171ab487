"""The mark of each student, from the newest results, the overrides and the roster.

A submission that could not be judged has no mark, and a reason for that; it never counts as zero.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ..errors import KataError, suggest
from ..model import NeedsPerson, Rejection, Verdict
from .records import GradebookSnapshot, KataResult, Note, Student, SubmissionRecord
from .roster import find_owners

BROKEN = "a check of the course is broken, so there is no mark"
NO_SUBMISSION = "no submission"
NOT_GRADED = "not graded"
NO_SCORE = "it has no score"


class KataMark(Struct, frozen=True, kw_only=True):
    """The mark of a student for one kata, or why there is none."""

    kata: str
    mark: float | None = None
    max_points: int = 0
    why: str = ""
    """Why there is no mark, or why it differs from the points."""
    override: Note | None = None
    verdict: Verdict | None = None
    run: str = ""
    submission: str = ""


class StudentMark(Struct, frozen=True, kw_only=True):
    """The mark of a student, or why there is none."""

    student: Student
    submissions: list[str] = []
    katas: dict[str, KataMark] = {}
    mark: float | None = None
    why: str = ""
    """Why there is no mark."""
    override: Note | None = None
    """The override of the whole mark."""
    comments: list[Note] = []
    needs_person: NeedsPerson | None = None
    """Why the newest submission could not be judged."""
    refused: list[Rejection] = []

    @property
    def id(self) -> str:
        """The student's id in the roster, or the name of the submission."""
        return self.student.id

    @property
    def max_points(self) -> int:
        """The points of all katas."""
        return sum(kata.max_points for kata in self.katas.values())

    def mark_of(self, kata: str) -> float | None:
        """Return the mark for a kata, or the whole mark if `kata` is ""."""
        return self.katas[kata].mark if kata else self.mark

    def max_of(self, kata: str) -> int:
        """Return the maximum points of a kata, or of all katas if `kata` is ""."""
        return self.katas[kata].max_points if kata else self.max_points

    def why_of(self, kata: str) -> str:
        """Return why there is no mark for a kata, or no whole mark if `kata` is ""."""
        return self.katas[kata].why if kata else self.why


class Marks(Struct, frozen=True, kw_only=True):
    """The marks of all students, and submissions that belong to no student."""

    source: str
    course: str
    katas: list[str]
    students: list[StudentMark]
    unmatched: dict[str, str] = {}
    """Submissions that belong to no student of the roster, and why."""
    not_graded: list[str] = []

    def no_marks(self, kata: str = "") -> list[str]:
        """Return a line for each student and submission without a mark."""
        lines = [f"{s.id}: {s.why_of(kata)}" for s in self.students if s.mark_of(kata) is None]
        lines += [f"{name}: {why}" for name, why in self.unmatched.items()]
        return [*lines, *(f"{name}: not graded, the run was stopped" for name in self.not_graded)]


def compute_marks(
    snapshot: GradebookSnapshot, katas: list[str] | None = None, roster: list[Student] | None = None
) -> Marks:
    """Return the marks of a snapshot.

    Args:
        katas: the katas that count for the mark; by default, all katas with results.
        roster: the students to use instead of the snapshot's roster.

    Raises:
        KataError: there is no result of one of the katas.
    """
    known = katas_of(snapshot)
    for kata in katas or []:
        if kata not in known:
            raise KataError(
                f"{snapshot.source} has no results of the kata `{kata}`",
                next_step=suggest(kata, known) or f"it has: {', '.join(known) or 'none'}",
            )
    wanted = [kata for kata in known if katas is None or kata in katas]
    roster = snapshot.roster if roster is None else roster
    owners = find_owners(snapshot.submissions, roster)
    groups: dict[str, list[SubmissionRecord]] = {student.id: [] for student in roster}
    for name, owner in owners.by_submission.items():
        groups.setdefault(owner, []).append(snapshot.submissions[name])
    by_id = {student.id: student for student in roster}
    most = _newest_max_points(snapshot)
    by_subject: dict[str, list[tuple[int, Note]]] = {}
    for place, note in enumerate(snapshot.notes):
        by_subject.setdefault(note.subject, []).append((place, note))
    students = []
    for owner, records in groups.items():
        subjects = {owner, *(record.name for record in records)}
        found = [pair for subject in subjects for pair in by_subject.get(subject, ())]
        notes = [note for _, note in sorted(found, key=lambda pair: pair[0])]
        student = by_id.get(owner, Student(id=owner))
        students.append(_mark_student(student, records, notes, {k: most[k] for k in wanted}))
    return Marks(
        source=snapshot.source,
        course=snapshot.course,
        katas=wanted,
        students=students,
        unmatched=owners.unmatched,
        not_graded=snapshot.not_graded,
    )


def katas_of(snapshot: GradebookSnapshot) -> list[str]:
    """Return the katas that have results, in the order of the runs."""
    place: dict[str, int] = {}
    for record in snapshot.submissions.values():
        for kata, result in record.katas.items():
            place[kata] = max(place.get(kata, 0), result.position)
    return sorted(place, key=lambda kata: (place[kata], kata))


def find_subject(snapshot: GradebookSnapshot, name: str) -> str:
    """Return the student or submission with a name; raises `KataError` if there is none."""
    subjects = {student.id.casefold(): student.id for student in snapshot.roster}
    for student in snapshot.roster:
        for other in (student.email, student.github):
            subjects.setdefault(other.casefold(), student.id)
    owners = find_owners(snapshot.submissions, snapshot.roster).by_submission
    for submission in snapshot.submissions:
        subjects.setdefault(submission.casefold(), owners.get(submission, submission))
    subjects.pop("", None)
    if name.casefold() not in subjects:
        raise KataError(
            f"{snapshot.source} has no student and no submission `{name}`",
            next_step=suggest(name.casefold(), subjects, "`{}`")
            or "`kata gradebook show` lists them",
        )
    return subjects[name.casefold()]


def _newest_max_points(snapshot: GradebookSnapshot) -> dict[str, int]:
    """Return the maximum points of each kata, from its newest result."""
    newest: dict[str, KataResult] = {}
    for record in snapshot.submissions.values():
        for kata, result in record.katas.items():
            if kata not in newest or _is_newer(result, newest[kata]):
                newest[kata] = result
    return {kata: result.verdict.max_points for kata, result in newest.items()}


def _is_newer(one: KataResult, other: KataResult) -> bool:
    return bool(one.recorded_at and other.recorded_at and one.recorded_at > other.recorded_at)


def _mark_student(
    student: Student, records: list[SubmissionRecord], notes: list[Note], most: dict[str, int]
) -> StudentMark:
    """Return the mark of a student, computed from all of their submissions."""
    person = _find_person(records)
    katas = {
        kata: _mark_kata(_KataResults(kata, points, records, notes), person)
        for kata, points in most.items()
    }
    override = _find_override(notes, "")
    mark, why = None, ""
    if override is not None:
        mark = override.score
    elif not (why := _find_obstacle(records, katas.values(), person)):
        mark = round(sum(kata.mark or 0.0 for kata in katas.values()), 2)
    return StudentMark(
        student=student,
        submissions=[record.name for record in records],
        katas=katas,
        mark=mark,
        why=why,
        override=override,
        comments=[note for note in notes if note.kind == "comment"],
        needs_person=person,
        refused=[refused for record in records for refused in record.refused],
    )


class _KataResults(Struct, frozen=True):
    """The submissions and notes of one student, for one kata."""

    kata: str
    points: int
    records: list[SubmissionRecord]
    notes: list[Note]


def _mark_kata(known: _KataResults, person: NeedsPerson | None) -> KataMark:
    """Return the mark for a kata: an override, or else the newest result."""
    kata, records = known.kata, known.records
    found = [(record, record.katas[kata]) for record in records if kata in record.katas]
    found.sort(key=lambda pair: _time_key(pair[1]))
    override = _find_override(known.notes, kata)
    same = [record.name for record, result in found if result.run == found[-1][1].run]
    name, result = (found[-1][0].name, found[-1][1]) if found else ("", None)
    verdict = result.verdict if result is not None else None
    mark: float | None = None
    why = ""
    if override is not None:
        mark, why = override.score, f"override by {override.by}: {override.why}"
    elif person is not None:
        why = _person_words(person)
    elif verdict is None:
        why = NOT_GRADED if records else NO_SUBMISSION
    elif len(same) > 1:
        why = f"{' and '.join(same)} belong to one student, so there is no mark"
    elif result is not None and result.broken:
        why = BROKEN
    elif result is not None and result.policy_error is not None:
        why = f"{NO_SCORE}: {result.policy_error}"
    elif verdict.score is not None:
        mark, why = verdict.score, verdict.score_reason or ""
    else:
        mark = float(verdict.points)
    return KataMark(
        kata=kata,
        mark=mark,
        max_points=verdict.max_points if verdict is not None else known.points,
        why=why,
        override=override,
        verdict=verdict,
        run=result.run if result is not None else "",
        submission=name,
    )


def _time_key(record: KataResult | SubmissionRecord) -> tuple[bool, float]:
    """Return a key that sorts by the time of recording; results of a file have no time."""
    at = record.recorded_at
    return at is not None, at.timestamp() if at is not None else 0.0


def _find_person(records: list[SubmissionRecord]) -> NeedsPerson | None:
    """Return why the newest submission of a student needs a person; None if it does not."""
    if not records:
        return None
    newest = max(records, key=_time_key)
    for record in records:
        if record.needs_person is not None and record.run == newest.run:
            return record.needs_person
    return None


def _person_words(entry: NeedsPerson) -> str:
    return f"it needs a person: {entry.reason}; {entry.next_step}"


def _find_override(notes: list[Note], kata: str) -> Note | None:
    """Return the override that counts; None if there is none, or it was withdrawn."""
    overrides = [note for note in notes if note.kind == "override" and note.kata == kata]
    return overrides[-1] if overrides and overrides[-1].score is not None else None


def _find_obstacle(
    records: list[SubmissionRecord], katas: Iterable[KataMark], person: NeedsPerson | None
) -> str:
    """Return why there is no mark, or "" if every kata has one."""
    katas = list(katas)
    if katas and all(kata.override is not None for kata in katas):
        return ""
    if not records:
        return NO_SUBMISSION
    if person is not None:
        return _person_words(person)
    missing = [kata.kata for kata in katas if kata.why == NOT_GRADED]
    if missing or not katas:
        earlier = [r.needs_person.reason for r in records if r.needs_person]
        more = f" (a submission needs a person: {earlier[0]})" if earlier else ""
        return f"{NOT_GRADED}: {', '.join(missing)}{more}" if missing else NOT_GRADED
    reasons = [kata.why for kata in katas if kata.mark is None]
    return reasons[0] if reasons else ""
