"""Which programs may work with this schema: what lets replicas of two versions run side by side."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from storage.schema import metadata

#: One row: the oldest program, named by the newest schema it knows, that can still work with this database.
compatibility = Table(
    "compatibility",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("oldest", Text, nullable=False),
)
