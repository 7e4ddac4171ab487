"""Write results, notes and the roster into a gradebook, and read them.

Results are written by one process, the driver of a run. Recording a result again changes nothing,
so a run that was interrupted can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from ..errors import KataError
from ..model import NeedsPerson
from . import schema
from .database import Database
from .reading import read_current, read_notes, read_runs, result_of
from .records import (
    GradebookSnapshot,
    GradedSubmission,
    GradingEvent,
    GradingRun,
    KataResult,
    Note,
    Student,
    hash_result,
)
from .rows import grading_row, person_of, result_row, run_row, storable, storable_person

BATCH = 200
"""The maximum number of submissions in one transaction."""


class RecordCounts(Struct):
    """The number of submissions that were recorded, and of those that were already known."""

    recorded: int = 0
    known: int = 0


class Gradebook:
    """The gradebook at a URL or in an SQLite file."""

    def __init__(self, url: str, create: bool = False) -> None:
        """Open the gradebook; with `create`, make it if there is none. Raises `KataError`."""
        self.database = Database(url, create)
        self.name = self.database.name

    def record(
        self, run: GradingRun, graded: Iterable[GradedSubmission], at: datetime | None = None
    ) -> RecordCounts:
        """Add results to the gradebook, in transactions of at most BATCH submissions.

        A result that equals the current one of its kata, from the same run, only replaces its
        texts. Raises `KataError` if the gradebook belongs to another course or is not available.
        """
        counts = RecordCounts()
        batch: dict[str, GradedSubmission] = {}
        for one in graded:
            batch[one.submission] = one
            if len(batch) == BATCH:
                self._record_batch(run, batch, counts, at)
                batch = {}
        self._record_batch(run, batch, counts, at)
        return counts

    def require_course(self, course: str) -> None:
        """Raise `KataError` if the gradebook holds results of another course."""
        with self.database.read() as connection:
            self._require_course(connection, course)

    def replace_roster(self, students: Sequence[Student]) -> list[str]:
        """Make these the students of the roster; return the ids of those that were removed."""
        rows = [msgspec.to_builtins(student) for student in students]
        wanted = {student.id for student in students}
        with self.database.write() as connection:
            known = set(connection.execute(sa.select(schema.students.c.id)).scalars())
            if gone := sorted(known - wanted):
                connection.execute(
                    sa.delete(schema.students).where(schema.students.c.id == sa.bindparam("gone")),
                    [{"gone": one} for one in gone],
                )
            if rows:
                insert = self.database.insert(schema.students)
                columns = {c.name: c for c in insert.excluded if c.name != "id"}
                upsert = insert.on_conflict_do_update(index_elements=["id"], set_=columns)
                connection.execute(upsert, rows)
        return gone

    def add_note(self, note: Note) -> None:
        """Add an override or a comment."""
        row = storable(msgspec.structs.asdict(note))
        with self.database.write() as connection:
            connection.execute(sa.insert(schema.notes), [row])

    def snapshot(self, texts: bool = True, until: datetime | None = None) -> GradebookSnapshot:
        """Return the current state of the gradebook, or its state at the time `until`.

        Without `texts`, verdicts have no outcomes: marks do not need them, and it is much faster.
        The roster is always the current one.
        """
        with self.database.read() as connection:
            course = connection.execute(sa.select(schema.cohort.c.course)).scalar()
            return GradebookSnapshot(
                source=self.name,
                course=course or "",
                runs=read_runs(connection),
                submissions=read_current(connection, texts, until),
                notes=read_notes(connection, until),
                roster=[
                    Student(**row._mapping)
                    for row in connection.execute(
                        sa.select(schema.students).order_by(schema.students.c.id)
                    )
                ],
            )

    def history(self, submissions: Sequence[str]) -> list[GradingEvent]:
        """Return every grading of some submissions, the oldest first."""
        gradings, results = schema.gradings, schema.results
        with self.database.read() as connection:
            runs = read_runs(connection)
            verdicts: dict[tuple[str, int], list[KataResult]] = {}
            chosen = sa.select(results, gradings.c.run, gradings.c.recorded_at).join(gradings)
            chosen = chosen.where(results.c.submission.in_(submissions))
            for row in connection.execute(chosen.order_by(results.c.position)):
                verdicts.setdefault((row.submission, row.number), []).append(result_of(row))
            rows = connection.execute(
                sa.select(gradings)
                .where(gradings.c.submission.in_(submissions))
                .order_by(gradings.c.recorded_at, gradings.c.submission, gradings.c.number)
            )
            return [
                GradingEvent(
                    submission=row.submission,
                    number=row.number,
                    recorded_at=row.recorded_at,
                    run=runs[row.run],
                    results=verdicts.get((row.submission, row.number), []),
                    needs_person=person_of(row.needs_person),
                )
                for row in rows
            ]

    def _require_course(self, connection: sa.Connection, course: str) -> None:
        known = connection.execute(sa.select(schema.cohort.c.course)).scalar()
        if known not in (None, course):
            raise KataError(
                f"{self.name} is the gradebook of the course {known}, and these are results of "
                f"{course}",
                next_step="name another file, database or schema: a gradebook holds one course",
            )

    def _record_batch(
        self, run: GradingRun, batch: dict[str, GradedSubmission], counts: RecordCounts,
        at: datetime | None,
    ) -> None:  # fmt: skip
        """Record submissions in one transaction; every writer locks rows in the same order."""
        if not batch:
            return
        names = sorted(batch)
        with self.database.write() as connection:
            insert = self.database.insert
            connection.execute(
                insert(schema.cohort).on_conflict_do_nothing(), {"one": 1, "course": run.course}
            )
            self._require_course(connection, run.course)
            now = at or _next_moment(connection)
            connection.execute(
                insert(schema.runs).on_conflict_do_nothing(), run_row(run) | {"recorded_at": now}
            )
            names_upsert = insert(schema.submissions)
            names_upsert = names_upsert.on_conflict_do_update(
                index_elements=["name"], set_={"name": names_upsert.excluded.name}
            )
            connection.execute(names_upsert, [{"name": name} for name in names])
            known = _KnownResults(connection, names)
            gradings: list[dict[str, Any]] = []
            results: list[dict[str, Any]] = []
            for name in names:
                one = batch[name]
                fingerprints = {v.kata: hash_result(v, one.policy_error) for v in one.verdicts}
                same = known.numbers_of(one, run.id, fingerprints)
                if same is None:
                    number = known.newest.get(name, 0) + 1
                    gradings.append(grading_row(one, run.id, number, now))
                    counts.recorded += 1
                else:
                    counts.known += 1
                for position, verdict in enumerate(one.verdicts):
                    row = result_row(one, verdict, position, fingerprints[verdict.kata])
                    results.append(row | {"number": same[verdict.kata] if same else number})
            if gradings:
                connection.execute(sa.insert(schema.gradings), gradings)
            if results:
                upsert = insert(schema.results)
                keys = ["submission", "number", "kata"]
                columns = {"verdict": upsert.excluded.verdict}
                upsert = upsert.on_conflict_do_update(index_elements=keys, set_=columns)
                connection.execute(upsert, results)


def _next_moment(connection: sa.Connection) -> datetime:
    """Return the current time, or a later one if the gradebook has a newer time.

    The newest result counts, so a later result must not look older if a clock was set back.
    """
    now = datetime.now(UTC)
    last = connection.execute(sa.select(sa.func.max(schema.gradings.c.recorded_at))).scalar()
    return now if last is None else max(now, last + timedelta(microseconds=1))


class _KnownResults:
    """The results of some submissions that are in the gradebook before these are recorded."""

    def __init__(self, connection: sa.Connection, names: list[str]) -> None:
        gradings, results = schema.gradings, schema.results
        self.newest: dict[str, int] = {}
        self._person: dict[str, tuple[str, NeedsPerson | None]] = {}
        rows = connection.execute(
            sa.select(
                gradings.c.submission, gradings.c.number, gradings.c.run, gradings.c.needs_person
            )
            .where(gradings.c.submission.in_(names))
            .order_by(gradings.c.number)
        )
        for row in rows:
            self.newest[row.submission] = row.number
            self._person[row.submission] = row.run, person_of(row.needs_person)
        self._current: dict[tuple[str, str], tuple[int, str, str]] = {}
        columns = (results.c.submission, results.c.kata, results.c.number, results.c.fingerprint)
        rows = connection.execute(
            sa.select(*columns, gradings.c.run)
            .join(gradings)
            .where(results.c.submission.in_(names))
            .order_by(results.c.number)
        )
        for row in rows:
            self._current[row.submission, row.kata] = row.number, row.run, row.fingerprint

    def numbers_of(
        self, one: GradedSubmission, run: str, fingerprints: dict[str, str]
    ) -> dict[str, int] | None:
        """Return the numbers of the current results if they equal these; None if any is new."""
        last_run, person = self._person.get(one.submission, ("", None))
        if one.needs_person is not None:
            return {} if (last_run, person) == (run, storable_person(one.needs_person)) else None
        if person is not None:
            return None
        numbers = {}
        for kata, fingerprint in fingerprints.items():
            number, *known = self._current.get((one.submission, kata), (0, "", ""))
            if known != [run, fingerprint]:
                return None
            numbers[kata] = number
        return numbers
