"""Make the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    json = sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True), "postgresql"
    )
    moment = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
    op.create_table(
        "cohort",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("course", sa.Text, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("seed", sa.Text, nullable=False),
        sa.Column("package", sa.Text, nullable=False),
        sa.Column("environment", json, nullable=False),
        sa.Column("protection", json, nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
    )
    op.create_table("submissions", sa.Column("name", sa.Text, primary_key=True))
    op.create_table(
        "gradings",
        sa.Column("submission", sa.Text, sa.ForeignKey("submissions.name"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("run", sa.String(16), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("refused", json, nullable=False),
        sa.Column("needs_person", json),
    )
    op.create_table(
        "results",
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
        sa.Column("verdict", json, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission", "number"], ["gradings.submission", "gradings.number"]
        ),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("kata", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
    )
    op.create_table(
        "students",
        sa.Column("id", sa.Text, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("name", "email", "github", "moodle", "canvas")
        ),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("students", "notes", "results", "gradings", "submissions", "runs", "cohort"):
        op.drop_table(table)
