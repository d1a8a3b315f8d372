"""The tables of the ledgers."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from storage.schema import community, metadata, partial_index, reference, row_id
from storage.types import UTC, Words

problems = Table(
    "problems",
    metadata,
    row_id(),
    community(),
    Column("kind", Text, nullable=False),
    reference("request_id", "requests.id", nullable=True),
    reference("organisation_id", "organisations.id", nullable=True),
    Column("words", Words, nullable=False),
    Column("at", UTC, nullable=False),
    Column("closed_at", UTC),
    Index("ix_problems_at", "community_id", "at", "id"),
)
problem_open = problems.c.closed_at.is_(None)
partial_index(
    "uq_problems_open",
    problems.c.community_id,
    problems.c.request_id,
    problems.c.kind,
    where=problem_open,
    unique=True,
)
Index("ix_problems_request", problems.c.request_id, problems.c.id)
