"""The tables of forgetting: who asked for it, and walks through large tables, some rows at a time."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, Table, Text

from casework.statuses import CLOSED
from storage.schema import community, metadata, one_of, partial_index, row_id
from storage.tables import requests
from storage.types import UTC, SealedJson

#: `person_id` goes when it is done: what is left tells how many asked, not who.
erasures = Table(
    "erasures",
    metadata,
    row_id(),
    community(),
    Column("person_id", BigInteger),
    Column("asked_at", UTC, nullable=False),
    Column("due_at", UTC, nullable=False),
    Column("begun_at", UTC),
    Column("done_at", UTC),
)
_standing = erasures.c.person_id.is_not(None)
partial_index(
    "uq_erasures_person", erasures.c.community_id, erasures.c.person_id, where=_standing, unique=True
)

#: How far a walk is: the stage, the last row of it that was looked at, how many were changed so far.
sweeps = Table(
    "sweeps",
    metadata,
    community(),
    Column("name", Text, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("cursor", BigInteger, nullable=False),
    Column("touched", BigInteger, nullable=False),
    Column("facts", SealedJson("sweeps.facts"), nullable=False),
    Column("began_at", UTC, nullable=False),
    PrimaryKeyConstraint("community_id", "name"),
)

_r = requests.c
#: What the retention has still to blank.
unwiped = one_of(_r.status, CLOSED) & _r.wiped_at.is_(None)
partial_index("ix_requests_unwiped", _r.community_id, _r.updated_at, _r.id, where=unwiped)
