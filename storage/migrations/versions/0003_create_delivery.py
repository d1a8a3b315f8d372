"""Inbox, outbox, files to upload, memories of chats."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
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
        "inbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("retry_at", TIME),
        sa.Column("done_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("community_id", "update_id", name="uq_inbox_community_id_update_id"),
    )
    op.create_index(
        "ix_inbox_chat", "inbox", ["community_id", "chat_id", "id"], **where("status IN ('pending')")
    )
    op.create_index("ix_inbox_dead", "inbox", ["community_id", "id"], **where("status IN ('dead')"))
    op.create_index("ix_inbox_pending", "inbox", ["community_id", "id"], **where("status IN ('pending')"))
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("key", KEY),
        sa.Column("has_file", sa.Boolean(), nullable=False),
        sa.Column("bulk", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("not_before", TIME),
        sa.Column("claimed_until", TIME),
        sa.Column("finished_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index(
        "ix_outbox_blocked", "outbox", ["community_id", "chat_id"], **where("status IN ('blocked')")
    )
    op.create_index(
        "ix_outbox_chat", "outbox", ["community_id", "chat_id", "id"], **where("status IN ('pending')")
    )
    op.create_index("ix_outbox_dead", "outbox", ["community_id", "id"], **where("status IN ('dead')"))
    op.create_index(
        "ix_outbox_pending", "outbox", ["community_id", "bulk", "id"], **where("status IN ('pending')")
    )
    op.create_index("uq_outbox_key", "outbox", ["community_id", "key"], unique=True)
    op.create_table(
        "trackers",
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "chat_id", name="pk_trackers"),
    )
    op.create_table(
        "files",
        sa.Column("outbox_id", ID, autoincrement=False, nullable=False),
        sa.Column("community_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_files_outbox_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("outbox_id", name="pk_files"),
    )
