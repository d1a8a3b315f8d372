"""The reader's model that the replicas of a community share, so that what one has learned all use."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Table

from storage.schema import community, metadata
from storage.types import JsonText

models = Table(
    "models",
    metadata,
    community(),
    Column("serial", BigInteger, nullable=False),
    # Since when it counts and why, and by which digests it is known.
    Column("facts", JsonText, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("community_id"),
)
