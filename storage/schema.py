"""What all tables share: the metadata and the pieces that columns and indexes are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, MetaData, Text, literal_column

from storage.types import Id

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def row_id() -> Column[int]:
    """The primary key that the database gives out."""
    return Column("id", Id, primary_key=True)


def community() -> Column[str]:
    """Whose row it is; every query filters by it."""
    return Column("community_id", Text, nullable=False)


def reference(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    """A foreign key to a row id."""
    return Column(name, Id, ForeignKey(target), nullable=nullable)


def words(*codes: str) -> list[ColumnElement[str]]:
    """Codes as SQL literals: a partial index is used only where its very words are in the query."""
    return [literal_column(f"'{code}'") for code in sorted(codes)]


def one_of(column: ColumnElement[str], codes: Iterable[str]) -> ColumnElement[bool]:
    """`column IN (...)` with literals; the same text in index and query."""
    return column.in_(words(*codes))


def partial_index(name: str, *columns: Any, where: ColumnElement[bool], unique: bool = False) -> Index:
    """An index over some of the rows."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
