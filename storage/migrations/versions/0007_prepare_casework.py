"""Service classes, ways of giving out, merging and standing; moments without a request; problems.

Older code may go on writing: every new column has a default.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them."""
    for column in (
        sa.Column("service_class", sa.Text(), server_default="general", nullable=False),
        sa.Column("mode", sa.Text(), server_default="direct", nullable=False),
        sa.Column("stopped_at", TIME),
        sa.Column("merged_into", ID),
        sa.Column("parent_id", ID),
        sa.Column("reopened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("escalation", sa.Integer(), server_default="0", nullable=False),
    ):
        op.add_column("requests", column)
    # What waits for a resident's answer has stood still since it was last touched.
    op.execute("UPDATE requests SET stopped_at = updated_at WHERE status = 'waiting_resident'")
    op.add_column("organisations", sa.Column("hours", sa.Text(), server_default="", nullable=False))
    op.add_column("organisations", sa.Column("standing", sa.Text(), server_default="normal", nullable=False))
    op.create_table(
        "schedules",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "kind", "subject_id", name="pk_schedules"),
    )
    op.create_index("ix_schedules_due", "schedules", ["community_id", "due_at"])
    op.create_table(
        "problems",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("request_id", ID),
        sa.Column("organisation_id", ID),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("closed_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_problems"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_problems_request_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_problems_organisation_id"
        ),
    )
    op.create_index("ix_problems_at", "problems", ["community_id", "at", "id"])
    op.create_index("ix_problems_request", "problems", ["request_id", "id"])
    where = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_problems_open",
        "problems",
        ["community_id", "request_id", "kind"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
