"""The tables of what people said about requests, of timers, and of what workers switch."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, Table, Text, text

from storage.schema import community, metadata, partial_index, reference, row_id
from storage.types import UTC, JsonText, Sealed, Words

notes = Table(
    "notes",
    metadata,
    row_id(),
    community(),
    reference("request_id", "requests.id"),
    Column("author_id", BigInteger, nullable=False),
    Column("author_role", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Sealed("notes.text"), nullable=False),
    Column("at", UTC, nullable=False),
    Column("file_id", Sealed("notes.file_id"), nullable=False),
    Column("file_kind", Text, nullable=False),
    Index("ix_notes_request", "request_id", "id"),
)

reports = Table(
    "work_reports",
    metadata,
    row_id(),
    community(),
    reference("request_id", "requests.id"),
    reference("organisation_id", "organisations.id"),
    Column("hours", Float, nullable=False),
    Column("people", Integer, nullable=False),
    Column("words", Sealed("work_reports.words"), nullable=False),
    Column("photo", Sealed("work_reports.photo"), nullable=False),
    Column("at", UTC, nullable=False),
    Index("ix_work_reports_request", "request_id", "id"),
)

ratings = Table(
    "ratings",
    metadata,
    row_id(),
    community(),
    reference("request_id", "requests.id"),
    Column("stars", Integer, nullable=False),
    Column("reasons", JsonText, nullable=False),
    Column("words", Sealed("ratings.words"), nullable=False),
    Column("at", UTC, nullable=False),
    Index("uq_ratings_request", "request_id", unique=True),
)

volunteers = Table(
    "volunteers",
    metadata,
    row_id(),
    community(),
    Column("person_id", BigInteger, nullable=False),
    Column("words", Sealed("volunteers.words"), nullable=False),
    Column("phone", Sealed("volunteers.phone"), nullable=False),
    Column("at", UTC, nullable=False),
)

timers = Table(
    "timers",
    metadata,
    row_id(),
    community(),
    Column("kind", Text, nullable=False),
    reference("request_id", "requests.id"),
    reference("offer_id", "offers.id", nullable=True),
    Column("step", Integer, nullable=False),
    Column("due_at", UTC, nullable=False),
    Column("fired_at", UTC),
)
#: Without an offer a timer counts as of offer 0: NULLs would all differ from each other.
timer_key = (timers.c.request_id, timers.c.kind, text("coalesce(offer_id, 0)"), timers.c.step)
Index("uq_timers_what", *timer_key, unique=True)
partial_index(
    "ix_timers_due", timers.c.community_id, timers.c.due_at, timers.c.id, where=timers.c.fired_at.is_(None)
)

community_state = Table(
    "community_state",
    metadata,
    Column("community_id", Text, primary_key=True),
    Column("paused_reason", Words),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    row_id(),
    community(),
    Column("author_id", BigInteger, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", UTC, nullable=False),
)
