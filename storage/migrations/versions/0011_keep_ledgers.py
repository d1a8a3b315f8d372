"""Rectifications, the call-back list, how problems were closed, and what the rates of organisations need.

Older code may go on writing: every new column has a default.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
_COUNT = """
UPDATE organisation_records SET
    ended = (
        SELECT count(*) FROM offers o
        WHERE o.organisation_id = organisation_records.organisation_id
        AND (
            o.status IN ('accepted', 'declined', 'expired')
            OR (o.status = 'withdrawn' AND o.decided_at > o.expires_at)
        )
    ),
    in_time = (
        SELECT count(*) FROM offers o
        WHERE o.organisation_id = organisation_records.organisation_id
        AND o.status IN ('accepted', 'declined') AND o.decided_at <= o.expires_at
    ),
    satisfied = (
        SELECT count(*) FROM ratings JOIN requests ON requests.id = ratings.request_id
        WHERE requests.organisation_id = organisation_records.organisation_id AND ratings.stars >= 4
    )
"""


def upgrade() -> None:
    """Add them, and count what was answered until now."""
    op.add_column("problems", sa.Column("closed_by", sa.BigInteger()))
    op.add_column("problems", sa.Column("closing", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_requests_compound", "requests", ["community_id", "compound", "created_at"])
    _records()
    _rectifications()
    _calls()


def _records() -> None:
    for name in ("ended", "in_time", "satisfied"):
        column = sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        op.add_column("organisation_records", column)
    op.execute(_COUNT)


def _rectifications() -> None:
    op.create_table(
        "rectifications",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("problem_id", ID, nullable=False),
        sa.Column("request_id", ID),
        sa.Column("organisation_id", ID),
        sa.Column("owner_id", sa.BigInteger()),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("created_by", sa.BigInteger()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("reported_at", TIME),
        sa.Column("reported_by", sa.BigInteger()),
        sa.Column("checked_at", TIME),
        sa.Column("checked_by", sa.BigInteger()),
        sa.Column("check_words", sa.Text(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rectifications"),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name="fk_rectifications_problem_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_rectifications_request_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_rectifications_organisation_id"
        ),
    )
    op.create_index("ix_rectifications_at", "rectifications", ["community_id", "at", "id"])
    op.create_index("ix_rectifications_problem", "rectifications", ["problem_id", "id"])
    where = sa.text("state IN ('open', 'reported')")
    _partial("uq_rectifications_open", "rectifications", ["problem_id"], where, unique=True)
    _partial("ix_rectifications_due", "rectifications", ["community_id", "due_at"], where)


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_at", TIME),
        sa.Column("decided_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_calls_request_id"),
    )
    op.create_index("ix_calls_request", "calls", ["request_id", "id"])
    where = sa.text("outcome IS NULL")
    _partial("uq_calls_waiting", "calls", ["request_id"], where, unique=True)
    _partial("ix_calls_due", "calls", ["community_id", "due_at", "id"], where)


def _partial(
    name: str, table: str, columns: list[str], where: sa.TextClause, *, unique: bool = False
) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)
