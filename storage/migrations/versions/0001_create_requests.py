"""Requests with their history and offers, organisations, people."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
KEY = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")


def where(condition: str) -> dict[str, Any]:
    """A partial index on both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "counters",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "day", name="pk_counters"),
    )
    op.create_table(
        "organisations",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("group_chat_id", sa.BigInteger()),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("community_id", "name", name="uq_organisations_community_id_name"),
    )
    op.create_table(
        "people",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("consented_at", TIME),
        sa.Column("saved", sa.Text(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "id", name="pk_people"),
    )
    op.create_table(
        "invites",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_by", sa.BigInteger()),
        sa.Column("used_at", TIME),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_invites_organisation_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_invites"),
    )
    op.create_table(
        "leads",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_leads_organisation_id"),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name="pk_leads"),
    )
    op.create_index("ix_leads_person", "leads", ["community_id", "person_id"])
    op.create_table(
        "organisation_records",
        sa.Column("organisation_id", ID, autoincrement=False, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("rating_sum", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("last_offer_at", TIME),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_organisation_records_organisation_id"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_organisation_records"),
    )
    op.create_table(
        "requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("compound", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("time_expr", sa.Text(), nullable=False),
        sa.Column("time_start", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("age", sa.Integer()),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("hotlines", sa.Text(), nullable=False),
        sa.Column("organisation_id", ID),
        sa.Column("triage_reason", sa.Text()),
        sa.Column("answer_due", TIME),
        sa.Column("resolve_due", TIME),
        sa.Column("started_at", TIME),
        sa.Column("done_at", TIME),
        sa.Column("taken_by", sa.BigInteger()),
        sa.Column("bundle", sa.Text(), nullable=False),
        sa.Column("urges", sa.Integer(), nullable=False),
        sa.Column("followers", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("late_from", TIME),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_requests_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.UniqueConstraint("community_id", "number", name="uq_requests_community_id_number"),
    )
    op.create_index("ix_requests_created", "requests", ["community_id", "created_at", "id"])
    op.create_index("ix_requests_item", "requests", ["community_id", "item", "id"])
    op.create_index(
        "ix_requests_late", "requests", ["community_id", "late_from"], **where("late_from IS NOT NULL")
    )
    op.create_index("ix_requests_newest", "requests", ["community_id", "id"])
    op.create_index(
        "ix_requests_organisation", "requests", ["community_id", "organisation_id", "status", "created_at"]
    )
    op.create_index("ix_requests_phone", "requests", ["community_id", "phone"], **where("phone != ''"))
    op.create_index("ix_requests_resident", "requests", ["community_id", "resident_id", "id"])
    op.create_index("ix_requests_status", "requests", ["community_id", "status", "created_at"])
    op.create_index(
        "ix_requests_untaken",
        "requests",
        ["community_id", "created_at"],
        **where("urgent AND taken_by IS NULL AND status IN ('offered', 'submitted', 'triage')"),
    )
    op.create_table(
        "history",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_status", sa.Text()),
        sa.Column("to_status", sa.Text(), nullable=False),
        sa.Column("actor_role", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_history_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_request", "history", ["request_id", "id"])
    op.create_table(
        "offers",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("offered_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("decided_at", TIME),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_offers_organisation_id"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_offers_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
    )
    op.create_index(
        "ix_offers_open", "offers", ["community_id", "organisation_id"], **where("status IN ('open')")
    )
    op.create_index("ix_offers_request", "offers", ["request_id", "id"])
