"""The table of adverts and insults: who and when, never the words."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text

from storage.schema import community, metadata, row_id
from storage.types import UTC

offences = Table(
    "offences",
    metadata,
    row_id(),
    community(),
    Column("person_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", UTC, nullable=False),
    Index("ix_offences_person", "community_id", "person_id", "at"),
    Index("ix_offences_at", "community_id", "at"),
)
