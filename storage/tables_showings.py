"""The table of messages that show a lead the phone, door or words of a resident."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table, Text

from storage.schema import community, metadata
from storage.types import UTC, Id

#: A row goes when its message was folded, or says something else by now.
showings = Table(
    "showings",
    metadata,
    community(),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("request_id", Id, nullable=False),
    # What the message is: text, caption or contact.
    Column("kind", Text, nullable=False),
    Column("sent_at", UTC, nullable=False),
    # When to look whether it may still be seen.
    Column("look_at", UTC, nullable=False),
    PrimaryKeyConstraint("community_id", "chat_id", "message_id"),
    Index("ix_showings_look", "community_id", "look_at"),
)
