"""Notes, reports, ratings, timers, and what workers switch."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def where(condition: str) -> dict[str, Any]:
    """A partial index on both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "broadcasts",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
    )
    op.create_table(
        "community_state",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("paused_reason", sa.Text()),
        sa.PrimaryKeyConstraint("community_id", name="pk_community_state"),
    )
    op.create_table(
        "volunteers",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_volunteers"),
    )
    op.create_table(
        "corrections",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("old_item", sa.Text(), nullable=False),
        sa.Column("new_item", sa.Text(), nullable=False),
        sa.Column("corrected_by", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_corrections_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    op.create_table(
        "notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("author_role", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_notes_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_request", "notes", ["request_id", "id"])
    op.create_table(
        "ratings",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_ratings_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ratings"),
    )
    op.create_index("uq_ratings_request", "ratings", ["request_id"], unique=True)
    op.create_table(
        "work_reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_work_reports_organisation_id"
        ),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_work_reports_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_work_reports"),
    )
    op.create_index("ix_work_reports_request", "work_reports", ["request_id", "id"])
    op.create_table(
        "timers",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("offer_id", ID),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("fired_at", TIME),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_timers_offer_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_timers_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_timers"),
    )
    op.create_index("ix_timers_due", "timers", ["community_id", "due_at", "id"], **where("fired_at IS NULL"))
    op.create_index(
        "uq_timers_what",
        "timers",
        ["request_id", "kind", sa.text("coalesce(offer_id, 0)"), "step"],
        unique=True,
    )
