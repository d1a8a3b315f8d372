"""The tables of delivery: updates that came in, messages to go out, what a chat is in the middle of."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.schema import community, metadata, one_of, partial_index, row_id
from storage.types import UTC, Id, JsonText, Key, Words

PENDING, DONE, SENT, DEAD, BLOCKED = "pending", "done", "sent", "dead", "blocked"

inbox = Table(
    "inbox",
    metadata,
    row_id(),
    community(),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger),
    Column("raw", JsonText, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Words, nullable=False),
    Column("received_at", UTC, nullable=False),
    Column("retry_at", UTC),
    Column("done_at", UTC),
    UniqueConstraint("community_id", "update_id"),
)
_i = inbox.c
partial_index("ix_inbox_pending", _i.community_id, _i.id, where=one_of(_i.status, {PENDING}))
partial_index("ix_inbox_chat", _i.community_id, _i.chat_id, _i.id, where=one_of(_i.status, {PENDING}))
partial_index("ix_inbox_dead", _i.community_id, _i.id, where=one_of(_i.status, {DEAD}))

outbox = Table(
    "outbox",
    metadata,
    row_id(),
    community(),
    Column("chat_id", BigInteger, nullable=False),
    Column("method", Text, nullable=False),
    Column("payload", JsonText, nullable=False),
    Column("key", Key),
    Column("has_file", Boolean, nullable=False),
    Column("bulk", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Words, nullable=False),
    Column("created_at", UTC, nullable=False),
    Column("not_before", UTC),
    Column("claimed_until", UTC),
    Column("finished_at", UTC),
    # The request whose phone, door or words a lead is shown by it; see `storage.tables_sights`.
    Column("reveals", Id),
)
_o = outbox.c
Index("uq_outbox_key", _o.community_id, _o.key, unique=True)
partial_index("ix_outbox_pending", _o.community_id, _o.bulk, _o.id, where=one_of(_o.status, {PENDING}))
partial_index("ix_outbox_chat", _o.community_id, _o.chat_id, _o.id, where=one_of(_o.status, {PENDING}))
partial_index("ix_outbox_dead", _o.community_id, _o.id, where=one_of(_o.status, {DEAD}))
partial_index("ix_outbox_blocked", _o.community_id, _o.chat_id, where=one_of(_o.status, {BLOCKED}))

files = Table(
    "files",
    metadata,
    Column(
        "outbox_id", Id, ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    community(),
    Column("field", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

trackers = Table(
    "trackers",
    metadata,
    community(),
    Column("chat_id", BigInteger, nullable=False),
    Column("document", JsonText, nullable=False),
    Column("updated_at", UTC, nullable=False),
    PrimaryKeyConstraint("community_id", "chat_id"),
)
