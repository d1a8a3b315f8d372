"""The table of moments that belong to no single request."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table, Text

from storage.schema import community, metadata
from storage.types import UTC

schedules = Table(
    "schedules",
    metadata,
    community(),
    Column("kind", Text, nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("due_at", UTC, nullable=False),
    PrimaryKeyConstraint("community_id", "kind", "subject_id"),
    Index("ix_schedules_due", "community_id", "due_at"),
)
