"""The table of the keys under which something may be sealed."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from storage.schema import metadata
from storage.types import UTC

sealing_keys = Table(
    "sealing_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    # A known word sealed under it: whoever opens it holds the right key.
    Column("proof", Text, nullable=False),
    Column("since", UTC, nullable=False),
)
