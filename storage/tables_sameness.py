"""The tables of followers, of requests that look alike, of joint needs and their milestones."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.schema import community, metadata, partial_index, reference, row_id
from storage.tables import requests
from storage.types import UTC, Id, Sealed, SealedJson, Words

followers = Table(
    "followers",
    metadata,
    community(),
    reference("request_id", "requests.id"),
    Column("person_id", BigInteger, nullable=False),
    reference("origin_id", "requests.id"),
    Column("how", Text, nullable=False),
    Column("since", UTC, nullable=False),
    Column("description", Sealed("followers.description"), nullable=False),
    Column("summary", Sealed("followers.summary"), nullable=False),
    Column("details", SealedJson("followers.details"), nullable=False),
    Column("unsolved_at", UTC),
    PrimaryKeyConstraint("origin_id", "person_id"),
    Index("ix_followers_request", "request_id", "person_id"),
    Index("ix_followers_person", "community_id", "person_id", "since"),
)

alikes = Table(
    "alikes",
    metadata,
    community(),
    reference("request_id", "requests.id"),
    reference("other_id", "requests.id"),
    Column("likeness", Float, nullable=False),
    Column("at", UTC, nullable=False),
    Column("verdict", Text, nullable=False),
    PrimaryKeyConstraint("request_id", "other_id"),
    Index("ix_alikes_other", "other_id", "request_id"),
)

joint_needs = Table(
    "joint_needs",
    metadata,
    row_id(),
    community(),
    Column("item", Text, nullable=False),
    Column("compound", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("residents", Integer, nullable=False),
    Column("found_at", UTC, nullable=False),
    Column("request_id", Id),
    Column("decided_at", UTC),
    Column("decided_by", BigInteger),
    Index("ix_joint_needs_item", "community_id", "item", "compound", "id"),
    Index("ix_joint_needs_state", "community_id", "state", "id"),
)
partial_index(
    "uq_joint_needs_request",
    joint_needs.c.request_id,
    where=joint_needs.c.request_id.is_not(None),
    unique=True,
)

joint_members = Table(
    "joint_members",
    metadata,
    community(),
    reference("joint_id", "joint_needs.id"),
    reference("request_id", "requests.id"),
    PrimaryKeyConstraint("joint_id", "request_id"),
)

milestones = Table(
    "milestones",
    metadata,
    row_id(),
    community(),
    reference("joint_id", "joint_needs.id"),
    Column("position", Integer, nullable=False),
    Column("what", Sealed("milestones.what"), nullable=False),
    Column("due_at", UTC),
    Column("done_at", UTC),
    Column("done_by", BigInteger),
    Column("note", Sealed("milestones.note"), nullable=False),
    Index("ix_milestones_joint", "joint_id", "position"),
)

_r = requests.c
Index("ix_requests_alike", _r.community_id, _r.item, _r.created_at, _r.id)
partial_index("ix_requests_merged", _r.community_id, _r.merged_into, where=_r.merged_into.is_not(None))
