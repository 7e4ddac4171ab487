"""Read the records of a gradebook in an open transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from ..model import Protection, Rejection, Verdict
from . import schema
from .records import GradingRun, KataResult, Note, SubmissionRecord
from .rows import person_of


def read_runs(connection: sa.Connection) -> dict[str, GradingRun]:
    """Return all runs by their ids."""
    runs = schema.runs.c
    return {
        row.id: GradingRun(
            course=row.course,
            engine=row.engine,
            seed=int(row.seed),
            package=row.package,
            environment=row.environment,
            protection=msgspec.convert(row.protection, Protection),
        )
        for row in connection.execute(sa.select(*runs))
    }


def read_notes(connection: sa.Connection, until: datetime | None = None) -> list[Note]:
    """Return all overrides and comments, the oldest first."""
    chosen = _until(sa.select(schema.notes), schema.notes.c.recorded_at, until)
    rows = connection.execute(chosen.order_by(schema.notes.c.id)).mappings()
    return [Note(**{k: v for k, v in row.items() if k != "id"}) for row in rows]


def _until(query: Any, column: Any, until: datetime | None) -> Any:
    """Return a query without the rows that were recorded later than `until`."""
    return query if until is None else query.where(column <= until)


def read_current(
    connection: sa.Connection, texts: bool, until: datetime | None = None
) -> dict[str, SubmissionRecord]:
    """Return the newest result of every kata of every submission; see `Gradebook.snapshot`."""
    gradings, results = schema.gradings, schema.results
    numbers = sa.select(
        results.c.submission, results.c.kata, sa.func.max(results.c.number).label("n")
    )
    if until is not None:
        numbers = _until(numbers.join(gradings), gradings.c.recorded_at, until)
    newest = numbers.group_by(results.c.submission, results.c.kata).subquery()
    columns = [column for column in results.c if texts or column.name != "verdict"]
    chosen = (
        sa.select(*columns, gradings.c.run, gradings.c.recorded_at)
        .join(gradings)
        .join(
            newest,
            sa.and_(
                results.c.submission == newest.c.submission,
                results.c.kata == newest.c.kata,
                results.c.number == newest.c.n,
            ),
        )
        .order_by(results.c.submission, results.c.position, results.c.kata)
    )
    katas: dict[str, dict[str, KataResult]] = {}
    for row in connection.execute(chosen):
        katas.setdefault(row.submission, {})[row.kata] = result_of(row, texts)
    last = sa.select(gradings.c.submission, sa.func.max(gradings.c.number).label("n"))
    last = _until(last, gradings.c.recorded_at, until)
    last = last.group_by(gradings.c.submission).subquery()
    rows = connection.execute(
        sa.select(gradings)
        .join(
            last,
            sa.and_(gradings.c.submission == last.c.submission, gradings.c.number == last.c.n),
        )
        .order_by(gradings.c.submission)
    )
    return {
        row.submission: SubmissionRecord(
            name=row.submission,
            katas=katas.get(row.submission, {}),
            refused=msgspec.convert(row.refused, list[Rejection]),
            needs_person=person_of(row.needs_person),
            run=row.run,
            recorded_at=row.recorded_at,
        )
        for row in rows
    }


def result_of(row: Any, texts: bool = True) -> KataResult:
    """Return the record of a row of results that is joined with its grading.

    Without `texts`, the verdict has the points and no outcomes.
    """
    if texts:
        verdict = msgspec.convert(row.verdict, Verdict)
    else:
        verdict = Verdict(
            submission=row.submission,
            kata=row.kata,
            module="",
            passed=row.passed,
            points=row.points,
            max_points=row.max_points,
            score=row.score,
        )
    return KataResult(
        verdict=verdict,
        run=row.run,
        number=row.number,
        position=row.position,
        recorded_at=row.recorded_at,
        broken=row.broken,
        policy_error=row.policy_error,
    )
