"""Decisions with their candidates; teams and claiming meetings; how promptly organisations answer.

Older code may go on writing: every new column has a default.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them."""
    for name in ("promptness", "lately"):
        column = sa.Column(name, sa.Float(), server_default="0", nullable=False)
        op.add_column("organisation_records", column)
    _decisions()
    _teams()
    _meetings()


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("unfit", sa.Integer(), nullable=False),
        sa.Column("weights", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_decisions_request_id"),
    )
    op.create_index("ix_decisions_request", "decisions", ["request_id", "id"])


def _teams() -> None:
    op.create_table(
        "team_parts",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("decided_at", TIME),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team_parts"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_team_parts_request_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_team_parts_organisation_id"
        ),
    )
    op.create_index("ix_team_parts_request", "team_parts", ["request_id", "id"])
    where = sa.text("status IN ('accepted', 'asked')")
    op.create_index(
        "ix_team_parts_open",
        "team_parts",
        ["community_id", "organisation_id"],
        sqlite_where=where,
        postgresql_where=where,
    )


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("closes_at", TIME, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
    )
    where = sa.text("status IN ('open')")
    op.create_index(
        "uq_meetings_open",
        "meetings",
        ["community_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_table(
        "meeting_lots",
        *(sa.Column(name, ID, nullable=False) for name in ("meeting_id", "request_id")),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("organisation_id", ID),
        sa.PrimaryKeyConstraint("meeting_id", "request_id", name="pk_meeting_lots"),
        *_named("meeting_lots"),
    )
    op.create_table(
        "meeting_ticks",
        *(sa.Column(name, ID, nullable=False) for name in ("meeting_id", "request_id", "organisation_id")),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "request_id", "organisation_id", name="pk_meeting_ticks"),
        *_named("meeting_ticks"),
    )


def _named(table: str) -> list[sa.ForeignKeyConstraint]:
    keys = ("meeting", "request", "organisation")
    return [
        sa.ForeignKeyConstraint([f"{key}_id"], [f"{key}s.id"], name=f"fk_{table}_{key}_id") for key in keys
    ]
