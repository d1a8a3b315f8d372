"""The table of corrections that the reader may learn from."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from storage.schema import community, metadata, row_id
from storage.types import UTC, Sealed, SearchKey

lessons = Table(
    "lessons",
    metadata,
    row_id(),
    community(),
    Column("text", Sealed("lessons.text"), nullable=False),
    Column("heard", Text, nullable=False),
    Column("runner_up", Text, nullable=False),
    Column("meant", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("at", UTC, nullable=False),
    Column("state", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("decided_at", UTC),
    Column("text_key", SearchKey("lessons.text")),
    Index("ix_lessons_state", "community_id", "state", "id"),
)
