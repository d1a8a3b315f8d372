"""Evaluation rounds, forms, results, experts; the register with spot checks; donations, prices, notices.

Only new tables, and one index on what leads answered.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create them."""
    _evaluation()
    _register()
    _disclosure()
    answered = sa.text("decided_by IS NOT NULL")
    op.create_index(
        "ix_offers_answered",
        "offers",
        ["community_id", "organisation_id", "decided_at"],
        sqlite_where=answered,
        postgresql_where=answered,
    )


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable) for name in names]


def _time(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, TIME, nullable=nullable) for name in names]


def _own_id(table: str) -> list[SchemaItem]:
    return [sa.Column("id", ID, nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")]


def _of(table: str, name: str, target: str) -> list[SchemaItem]:
    return [
        sa.Column(name, ID, nullable=False),
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=f"fk_{table}_{name}"),
    ]


def _one_standing(name: str, table: str, columns: list[str], end: str) -> None:
    where = sa.text(f"{end} IS NULL")
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def _evaluation() -> None:
    op.create_table(
        "experts",
        *_text("community_id"),
        *_number("person_id"),
        *_text("name"),
        *_time("since"),
        sa.PrimaryKeyConstraint("community_id", "person_id", name="pk_experts"),
    )
    op.create_table(
        "expert_invites",
        *_text("token_hash", "community_id", "name"),
        *_number("created_by"),
        *_time("expires_at"),
        *_number("used_by", nullable=True),
        *_time("used_at", nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_expert_invites"),
    )
    table = "evaluation_rounds"
    op.create_table(
        table,
        *_own_id(table),
        *_text("community_id", "title"),
        *_time("since", "opened_at"),
        *_number("opened_by"),
        *_time("closed_at", nullable=True),
    )
    op.create_index("ix_evaluation_rounds_closed", table, ["community_id", "closed_at"])
    _one_standing("uq_evaluation_rounds_open", table, ["community_id"], "closed_at")
    table = "evaluation_forms"
    op.create_table(
        table,
        *_text("community_id"),
        *_of(table, "round_id", "evaluation_rounds"),
        *_of(table, "organisation_id", "organisations"),
        *_text("party"),
        *_number("person_id"),
        *_text("scores"),
        *_time("at"),
        sa.PrimaryKeyConstraint("round_id", "organisation_id", "party", "person_id", name=f"pk_{table}"),
    )
    table = "evaluation_results"
    op.create_table(
        table,
        *_text("community_id"),
        *_of(table, "round_id", "evaluation_rounds"),
        *_of(table, "organisation_id", "organisations"),
        *_text("points", "voices"),
        sa.Column("total", sa.Float()),
        sa.Column("rank", sa.Integer()),
        sa.Column("grade", sa.Text()),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.Column("few", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "organisation_id", name=f"pk_{table}"),
    )


def _register() -> None:
    table = "listings"
    op.create_table(
        table,
        *_own_id(table),
        *_text("community_id"),
        *_of(table, "organisation_id", "organisations"),
        *_text("kind", "reason"),
        *_number("by"),
        *_time("at", "answer_due"),
        *_text("answer"),
        *_number("answered_by", nullable=True),
        *_time("answered_at", "upheld_at", "removed_at", nullable=True),
        *_number("removed_by", nullable=True),
        *_text("removed_why"),
    )
    op.create_index("ix_listings_organisation", table, ["community_id", "organisation_id", "id"])
    key = ["community_id", "organisation_id", "kind"]
    _one_standing("uq_listings_standing", table, key, "removed_at")
    table = "spot_checks"
    op.create_table(
        table,
        *_own_id(table),
        *_text("community_id"),
        *_of(table, "organisation_id", "organisations"),
        *_text("week"),
        *_time("drawn_at"),
        *_time("checked_at", nullable=True),
        *_number("by", nullable=True),
        sa.Column("verdict", sa.Text()),
        *_text("words"),
    )
    op.create_index("uq_spot_checks_week", table, ["community_id", "week", "organisation_id"], unique=True)
    op.create_index("ix_spot_checks_newest", table, ["community_id", "id"])
    table = "organisation_presences"
    op.create_table(
        table,
        *_of(table, "organisation_id", "organisations"),
        *_text("community_id"),
        *_time("first_seen_at"),
        *_time("last_sign_at", "dormant_since", nullable=True),
        *_text("cause"),
        *_time("changed_at", nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", name=f"pk_{table}"),
    )


def _disclosure() -> None:
    table = "donations"
    op.create_table(
        table,
        *_own_id(table),
        *_text("community_id", "donor", "gift", "purpose"),
        *_number("by"),
        *_time("at"),
        *_time("withdrawn_at", nullable=True),
    )
    op.create_index("ix_donations_at", table, ["community_id", "at"])
    table = "prices"
    op.create_table(
        table,
        *_own_id(table),
        *_text("community_id"),
        *_of(table, "organisation_id", "organisations"),
        *_text("item", "words"),
        *_number("by"),
        *_time("at"),
        *_time("ended_at", nullable=True),
    )
    _one_standing("uq_prices_standing", table, ["community_id", "organisation_id", "item"], "ended_at")
    op.create_table(
        "public_notices",
        *_text("community_id", "month", "figures"),
        *_time("published_at"),
        *_number("published_by"),
        sa.PrimaryKeyConstraint("community_id", "month", name="pk_public_notices"),
    )
