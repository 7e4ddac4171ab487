"""The contents of a gradebook as plain records: runs, results, notes and the roster."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

from msgspec import Struct

from ..model import NeedsPerson, Protection, Rejection, Verdict, Verdicts
from ..reporters.summary import summarize

NoteKind = Literal["override", "comment"]


class GradingRun(Struct, frozen=True, kw_only=True):
    """The properties that all results of one run share."""

    course: str
    engine: str
    seed: int
    package: str = ""
    environment: dict[str, str] = {}
    protection: Protection

    @property
    def id(self) -> str:
        """A hash of the properties that a repetition of the run shares with it.

        The protection is left out: shards of one run may be graded on different machines.
        """
        environment = sorted(self.environment.items())
        return _hash((self.course, self.engine, self.seed, self.package, environment))[:16]


class GradedSubmission(Struct, frozen=True, kw_only=True):
    """The result of one submission in a run: verdicts, or why it needs a person."""

    submission: str
    verdicts: list[Verdict] = []
    refused: list[Rejection] = []
    needs_person: NeedsPerson | None = None
    policy_error: str | None = None
    """Why the verdicts have no scores although a policy was chosen."""


class KataResult(Struct, frozen=True, kw_only=True):
    """A verdict, and when and by which run it was recorded."""

    verdict: Verdict
    run: str = ""
    number: int = 1
    """The number of the grading of the submission, from 1; the largest is the newest."""
    position: int = 0
    """The place of the kata in its run, from 0."""
    recorded_at: datetime | None = None
    broken: bool = False
    """Whether a check of the course is broken, so that the points are not a mark."""
    policy_error: str | None = None


class SubmissionRecord(Struct, frozen=True, kw_only=True):
    """The current state of a submission: the newest result of each kata."""

    name: str
    katas: dict[str, KataResult] = {}
    refused: list[Rejection] = []
    needs_person: NeedsPerson | None = None
    """Why the newest grading could not judge it."""
    run: str = ""
    recorded_at: datetime | None = None
    """When the newest grading was recorded."""


class Note(Struct, frozen=True, kw_only=True):
    """An override or a comment: who wrote it, when, and why. Notes are never changed."""

    subject: str
    """A student of the roster, or a submission."""
    kata: str = ""
    """The kata, or "" for the whole submission."""
    kind: NoteKind
    score: float | None = None
    """The mark of an override; None withdraws the previous override."""
    text: str = ""
    by: str
    why: str
    recorded_at: datetime


class Student(Struct, frozen=True, kw_only=True):
    """One row of the roster: a student, and their names on other platforms."""

    id: str
    name: str = ""
    email: str = ""
    github: str = ""
    moodle: str = ""
    canvas: str = ""


class GradebookSnapshot(Struct, frozen=True, kw_only=True):
    """The state of a gradebook at one time: the current results, the notes and the roster."""

    source: str
    course: str
    runs: dict[str, GradingRun] = {}
    submissions: dict[str, SubmissionRecord] = {}
    notes: list[Note] = []
    """All overrides and comments, the oldest first."""
    roster: list[Student] = []
    not_graded: list[str] = []


class GradingEvent(Struct, frozen=True, kw_only=True):
    """One grading in the history of a submission."""

    submission: str
    number: int
    recorded_at: datetime
    run: GradingRun
    results: list[KataResult] = []
    needs_person: NeedsPerson | None = None


def run_of(result: Verdicts) -> GradingRun:
    """Return the run that a result belongs to."""
    return GradingRun(
        course=result.course,
        engine=result.engine,
        seed=result.seed,
        package=result.package,
        environment=result.environment,
        protection=result.protection,
    )


def split_result(result: Verdicts) -> list[GradedSubmission]:
    """Return the submissions of a result that were judged or need a person."""
    return [
        GradedSubmission(
            submission=one.name,
            verdicts=one.verdicts,
            refused=one.refused,
            needs_person=one.needs_person,
            policy_error=result.policy_error,
        )
        for one in summarize(result)
        if one.verdicts or one.needs_person is not None
    ]


def snapshot_of(result: Verdicts, source: str = "the result") -> GradebookSnapshot:
    """Return a result as a snapshot, as if it had been recorded in an empty gradebook."""
    run = run_of(result)
    submissions = {
        graded.submission: SubmissionRecord(
            name=graded.submission,
            katas={
                verdict.kata: KataResult(
                    verdict=verdict,
                    run=run.id,
                    position=position,
                    broken=has_broken_check(verdict),
                    policy_error=graded.policy_error,
                )
                for position, verdict in enumerate(graded.verdicts)
            },
            refused=graded.refused,
            needs_person=graded.needs_person,
            run=run.id,
        )
        for graded in split_result(result)
    }
    return GradebookSnapshot(
        source=source,
        course=result.course,
        runs={run.id: run},
        submissions=submissions,
        not_graded=result.not_graded,
    )


def has_broken_check(verdict: Verdict) -> bool:
    """Return whether a check of a verdict is broken, which is a fault of the course."""
    return any(outcome.outcome == "broken" for outcome in verdict.outcomes)


def hash_result(verdict: Verdict, policy_error: str | None) -> str:
    """Return a hash of the relevant parts of a verdict; messages and times are left out.

    Two verdicts of one run with the same hash are the same result, graded twice.
    """
    counts = (
        verdict.module,
        verdict.passed,
        verdict.points,
        verdict.max_points,
        verdict.score,
        verdict.score_reason,
        verdict.blame,
        verdict.load.kind if verdict.load else "",
        [(o.check, o.outcome, o.points, o.max_points) for o in verdict.outcomes],
        [d.mistake for d in verdict.diagnoses],
        verdict.borrowed,
        sorted(verdict.sha256.items()),
        verdict.broken_files,
        policy_error,
    )
    return _hash(counts)[:32]


def _hash(parts: tuple[object, ...]) -> str:
    """Return a hash of plain values; texts may contain lone surrogates."""
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()
