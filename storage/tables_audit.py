"""The tables of who looked and who changed what; see `storage.chain`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table, Text

from storage.schema import community, metadata
from storage.types import UTC, Id, JsonText

#: Rows are only ever added: triggers of migration 0015 refuse everything else.
audit = Table(
    "audit",
    metadata,
    community(),
    Column("seq", BigInteger, nullable=False),
    Column("at", UTC, nullable=False),
    Column("act", Text, nullable=False),
    Column("actor_id", BigInteger),
    Column("role", Text, nullable=False),
    Column("request_id", Id),
    Column("facts", JsonText, nullable=False),
    # Which key made the hash; empty: none, a bare hash.
    Column("key_id", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("community_id", "seq"),
    Index("ix_audit_request", "community_id", "request_id", "seq"),
)

#: Where each chain ends: who adds takes this row first, and a tail that was cut off shows.
audit_heads = Table(
    "audit_heads",
    metadata,
    community(),
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("community_id"),
)
