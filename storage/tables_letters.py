"""The table of who wants no weekly letters."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Table

from storage.schema import community, metadata
from storage.types import UTC

letter_stops = Table(
    "letter_stops",
    metadata,
    community(),
    Column("person_id", BigInteger, nullable=False),
    Column("since", UTC, nullable=False),
    PrimaryKeyConstraint("community_id", "person_id"),
)
