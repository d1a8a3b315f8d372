"""The tables of delivery: updates that came in, messages to go out, what a chat is in the middle of."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.schema import community, metadata, one_of, partial_index, row_id
from storage.types import UTC, Id, Key, Sealed, SealedBytes, SealedJson, Words

PENDING, DONE, SENT, DEAD, BLOCKED = "pending", "done", "sent", "dead", "blocked"

inbox = Table(
    "inbox",
    metadata,
    row_id(),
    community(),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger),
    Column("raw", SealedJson("inbox.raw", or_empty=True), nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Words, nullable=False),
    Column("received_at", UTC, nullable=False),
    Column("retry_at", UTC),
    Column("done_at", UTC),
    # Chats take turns: the more of a chat waits, the later the turn of what comes; see `Inbox.receive`.
    Column("turn", BigInteger, server_default="0", nullable=False),
    UniqueConstraint("community_id", "update_id"),
)
_i = inbox.c
partial_index("ix_inbox_turn", _i.community_id, _i.turn, _i.id, where=one_of(_i.status, {PENDING}))
# Only programs before schema 0018 ask in this order: docs/upgrading.md says when it may go.
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
    Column("payload", SealedJson("outbox.payload", or_empty=True), nullable=False),
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
    # What it was caused by, for following it through the log; see storage.tracing.
    Column("trace", Text),
    # The request whose phone, door or words a lead is shown by it; see `storage.tables_showings`.
    Column("reveals", Id),
)
_o = outbox.c
Index("uq_outbox_key", _o.community_id, _o.key, unique=True)
partial_index("ix_outbox_pending", _o.community_id, _o.bulk, _o.id, where=one_of(_o.status, {PENDING}))
partial_index("ix_outbox_chat", _o.community_id, _o.chat_id, _o.id, where=one_of(_o.status, {PENDING}))
# Whoever begins to send looks back a minute, so that the limits hold.
partial_index("ix_outbox_sent", _o.community_id, _o.finished_at, where=one_of(_o.status, {SENT}))
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
    Column("name", Sealed("files.name"), nullable=False),
    Column("content", SealedBytes("files.content"), nullable=False),
)

trackers = Table(
    "trackers",
    metadata,
    community(),
    Column("chat_id", BigInteger, nullable=False),
    Column("document", SealedJson("trackers.document", or_empty=True), nullable=False),
    Column("updated_at", UTC, nullable=False),
    PrimaryKeyConstraint("community_id", "chat_id"),
)
