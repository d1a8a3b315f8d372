"""The tables of the ledgers and of the call-back list."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from casework.books.ledgers import RectificationState
from storage.schema import community, metadata, one_of, partial_index, reference, row_id
from storage.types import UTC, Sealed

problems = Table(
    "problems",
    metadata,
    row_id(),
    community(),
    Column("kind", Text, nullable=False),
    reference("request_id", "requests.id", nullable=True),
    reference("organisation_id", "organisations.id", nullable=True),
    Column("words", Sealed("problems.words"), nullable=False),
    Column("at", UTC, nullable=False),
    Column("closed_at", UTC),
    Column("closed_by", BigInteger),
    Column("closing", Sealed("problems.closing"), nullable=False, server_default=""),
    # Who complained; of what belongs to a request, its resident did.
    Column("person_id", BigInteger),
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

rectifications = Table(
    "rectifications",
    metadata,
    row_id(),
    community(),
    reference("problem_id", "problems.id"),
    reference("request_id", "requests.id", nullable=True),
    reference("organisation_id", "organisations.id", nullable=True),
    Column("owner_id", BigInteger),
    Column("task", Sealed("rectifications.task"), nullable=False),
    Column("at", UTC, nullable=False),
    Column("due_at", UTC, nullable=False),
    Column("created_by", BigInteger),
    Column("state", Text, nullable=False),
    Column("evidence", Sealed("rectifications.evidence"), nullable=False),
    Column("photo", Sealed("rectifications.photo"), nullable=False),
    Column("reported_at", UTC),
    Column("reported_by", BigInteger),
    Column("checked_at", UTC),
    Column("checked_by", BigInteger),
    Column("check_words", Sealed("rectifications.check_words"), nullable=False),
    Column("returned", Integer, nullable=False),
    Index("ix_rectifications_at", "community_id", "at", "id"),
    Index("ix_rectifications_problem", "problem_id", "id"),
)
rectification_open = one_of(
    rectifications.c.state, {RectificationState.OPEN.value, RectificationState.REPORTED.value}
)
partial_index("uq_rectifications_open", rectifications.c.problem_id, where=rectification_open, unique=True)
partial_index(
    "ix_rectifications_due",
    rectifications.c.community_id,
    rectifications.c.due_at,
    where=rectification_open,
)

calls = Table(
    "calls",
    metadata,
    row_id(),
    community(),
    reference("request_id", "requests.id"),
    Column("reason", Text, nullable=False),
    Column("at", UTC, nullable=False),
    Column("due_at", UTC, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("outcome", Text),
    Column("words", Sealed("calls.words"), nullable=False),
    Column("decided_at", UTC),
    Column("decided_by", BigInteger),
    Index("ix_calls_request", "request_id", "id"),
)
call_waits = calls.c.outcome.is_(None)
partial_index("uq_calls_waiting", calls.c.request_id, where=call_waits, unique=True)
partial_index("ix_calls_due", calls.c.community_id, calls.c.due_at, calls.c.id, where=call_waits)
