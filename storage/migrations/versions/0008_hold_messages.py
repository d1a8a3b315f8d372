"""What is held back in quiet hours, and when somebody was last here.

A new table and a column that may be empty: older code may go on writing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them."""
    op.add_column("people", sa.Column("seen_at", TIME))
    op.create_table(
        "held",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(collation="C").with_variant(sa.Text(), "sqlite")),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("request_id", ID),
        sa.Column("offer_id", ID),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("held_at", TIME, nullable=False),
        sa.Column("told_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_held"),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name="fk_held_request_id"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_held_offer_id"),
    )
    op.create_index("uq_held_key", "held", ["community_id", "key"], unique=True)
    where = sa.text("told_at IS NULL")
    op.create_index(
        "ix_held_untold",
        "held",
        ["community_id", "chat_id", "id"],
        sqlite_where=where,
        postgresql_where=where,
    )
