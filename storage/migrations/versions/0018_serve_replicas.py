"""Replicas: turns of chats, what was sent lately, the shared model, programs that may use this schema.

Older code may go on writing: its rows have turn 0 and so come first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
#: Programs before this one refuse every newer schema by themselves.
oldest_program = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.add_column("inbox", sa.Column("turn", sa.BigInteger(), server_default="0", nullable=False))
    for name, table, columns, status in (
        ("ix_inbox_turn", "inbox", ["community_id", "turn", "id"], "pending"),
        ("ix_outbox_sent", "outbox", ["community_id", "finished_at"], "sent"),
    ):
        where = sa.text(f"status IN ('{status}')")
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "models",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", name="pk_models"),
    )
    # Alembic keeps one row there and minds no further column; see storage.upgrade.
    op.add_column("alembic_version", sa.Column("oldest", sa.Text()))
