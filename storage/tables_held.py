"""The table of messages that are held back in quiet hours."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text

from storage.schema import community, metadata, partial_index, reference, row_id
from storage.types import UTC, Id, Key, Sealed, SealedJson

held = Table(
    "held",
    metadata,
    row_id(),
    community(),
    Column("chat_id", BigInteger, nullable=False),
    Column("method", Text, nullable=False),
    Column("payload", SealedJson("held.payload", or_empty=True), nullable=False),
    Column("key", Key),
    Column("title", Sealed("held.title"), nullable=False),
    Column("event", Text, nullable=False),
    reference("request_id", "requests.id", nullable=True),
    reference("offer_id", "offers.id", nullable=True),
    Column("status", Text, nullable=False),
    Column("held_at", UTC, nullable=False),
    Column("told_at", UTC),
    # As in the outbox.
    Column("reveals", Id),
)
_h = held.c
Index("uq_held_key", _h.community_id, _h.key, unique=True)
partial_index("ix_held_untold", _h.community_id, _h.chat_id, _h.id, where=_h.told_at.is_(None))
