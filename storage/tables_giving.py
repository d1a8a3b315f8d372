"""The tables of giving out: decisions with their candidates, teams, claiming meetings."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from casework.giving.meetings import MeetingStatus
from casework.giving.teams import OPEN_PARTS
from storage.schema import community, metadata, one_of, partial_index, reference, row_id
from storage.types import UTC, JsonText, Sealed

decisions = Table(
    "decisions",
    metadata,
    row_id(),
    community(),
    reference("request_id", "requests.id"),
    Column("at", UTC, nullable=False),
    Column("how", Text, nullable=False),
    Column("chosen", JsonText, nullable=False),
    # [organisation, score, [[factor, value, fact], …]] of each; the weights stand once beside them.
    Column("options", JsonText, nullable=False),
    Column("left_out", JsonText, nullable=False),
    Column("unfit", Integer, nullable=False),
    Column("weights", JsonText, nullable=False),
    Column("by", BigInteger),
    Index("ix_decisions_request", "request_id", "id"),
)

team_parts = Table(
    "team_parts",
    metadata,
    row_id(),
    community(),
    reference("request_id", "requests.id"),
    reference("organisation_id", "organisations.id"),
    Column("task", Sealed("team_parts.task"), nullable=False),
    Column("status", Text, nullable=False),
    Column("asked_at", UTC, nullable=False),
    Column("decided_at", UTC),
    Column("decided_by", BigInteger),
    Column("words", Sealed("team_parts.words"), nullable=False),
    Index("ix_team_parts_request", "request_id", "id"),
)
part_open = one_of(team_parts.c.status, OPEN_PARTS)
partial_index("ix_team_parts_open", team_parts.c.community_id, team_parts.c.organisation_id, where=part_open)

meetings = Table(
    "meetings",
    metadata,
    row_id(),
    community(),
    Column("opened_by", BigInteger, nullable=False),
    Column("opened_at", UTC, nullable=False),
    Column("closes_at", UTC, nullable=False),
    Column("status", Text, nullable=False),
)
meeting_open = one_of(meetings.c.status, {MeetingStatus.OPEN})
partial_index("uq_meetings_open", meetings.c.community_id, where=meeting_open, unique=True)

meeting_lots = Table(
    "meeting_lots",
    metadata,
    reference("meeting_id", "meetings.id"),
    reference("request_id", "requests.id"),
    community(),
    reference("organisation_id", "organisations.id", nullable=True),
    PrimaryKeyConstraint("meeting_id", "request_id"),
)

meeting_ticks = Table(
    "meeting_ticks",
    metadata,
    reference("meeting_id", "meetings.id"),
    reference("request_id", "requests.id"),
    reference("organisation_id", "organisations.id"),
    community(),
    Column("person_id", BigInteger, nullable=False),
    Column("at", UTC, nullable=False),
    PrimaryKeyConstraint("meeting_id", "request_id", "organisation_id"),
)
