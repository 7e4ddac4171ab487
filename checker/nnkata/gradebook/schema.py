"""The tables of a gradebook. Rows of results are added and never removed.

The migrations in `migrations/versions` make these tables; a test checks that the migrations and
this file agree.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

HEAD = "0001"
"""The newest migration's ID; `alembic_version` holds it in an up-to-date gradebook."""

Json = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A time: `timestamptz` in PostgreSQL; ISO text in UTC in SQLite, which has no such type."""

    impl = sa.String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Return the type of the column in the database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return dialect.type_descriptor(sa.String(32))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """Return a time in the form in which it is stored."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Return a stored time, in UTC."""
        del dialect
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


metadata = sa.MetaData()

cohort = sa.Table(
    "cohort",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("course", sa.Text, nullable=False),
)
"""One row: the course whose results the gradebook holds."""

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("course", sa.Text, nullable=False),
    sa.Column("engine", sa.Text, nullable=False),
    sa.Column("seed", sa.Text, nullable=False),
    sa.Column("package", sa.Text, nullable=False),
    sa.Column("environment", Json, nullable=False),
    sa.Column("protection", Json, nullable=False),
    sa.Column("recorded_at", UtcTime, nullable=False),
)

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
)
"""A writer locks the rows of the submissions whose gradings it adds."""

gradings = sa.Table(
    "gradings",
    metadata,
    sa.Column("submission", sa.ForeignKey("submissions.name"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("run", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("recorded_at", UtcTime, nullable=False),
    sa.Column("refused", Json, nullable=False),
    sa.Column("needs_person", Json),
)
"""Every grading of every submission; the largest number is the newest."""

results = sa.Table(
    "results",
    metadata,
    sa.Column("submission", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kata", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("passed", sa.Boolean, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Column("max_points", sa.Integer, nullable=False),
    sa.Column("score", sa.Float),
    sa.Column("broken", sa.Boolean, nullable=False),
    sa.Column("policy_error", sa.Text),
    sa.Column("fingerprint", sa.String(32), nullable=False),
    sa.Column("verdict", Json, nullable=False),
    sa.ForeignKeyConstraint(["submission", "number"], ["gradings.submission", "gradings.number"]),
)
"""The verdicts of every grading.

A kata's current result is the one in the newest grading that includes it.
"""

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("kata", sa.Text, nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("score", sa.Float),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("recorded_at", UtcTime, nullable=False),
)
"""Overrides and comments; for each subject and kata, only the newest override applies."""

students = sa.Table(
    "students",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("github", sa.Text, nullable=False),
    sa.Column("moodle", sa.Text, nullable=False),
    sa.Column("canvas", sa.Text, nullable=False),
)
"""The roster."""
