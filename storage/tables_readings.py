"""The table of what the reader had said when a request was filed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from storage.schema import community, metadata
from storage.types import Id, SealedJson

readings = Table(
    "readings",
    metadata,
    Column("request_id", Id, ForeignKey("requests.id"), primary_key=True, autoincrement=False),
    community(),
    Column("filed_as", Text, nullable=False),
    Column("heard", Text, nullable=False),
    Column("told", SealedJson("readings.told"), nullable=False),
)
