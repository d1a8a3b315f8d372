"""What a database holds, as it says itself: tables in an order to fill them, columns, kinds of values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Inspector,
    LargeBinary,
    MetaData,
    Table,
    Text,
    inspect,
    types,
)

from storage.types import UTC

#: Kind of value → the type it is read and written by. Text is never looked into.
KINDS: dict[str, Any] = {
    "integer": BigInteger,
    "boolean": Boolean,
    "number": Float,
    "bytes": LargeBinary,
    "time": UTC,
    "text": Text,
}
_VERSION = "alembic_version"


@dataclass(frozen=True, slots=True)
class Shape:
    """One table: `columns` are (name, kind) in their order, `key` names those of the primary key."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    def table(self) -> Table:
        """The table for statements; constraints are the database's own matter."""
        own = (Column(name, KINDS[kind](), primary_key=name in self.key) for name, kind in self.columns)
        return Table(self.name, MetaData(), *own)


def shapes(connection: Connection) -> list[Shape]:
    """All tables but Alembic's own, those that others refer to first."""
    inspector = inspect(connection)
    order = inspector.get_sorted_table_and_fkc_names()
    return [_shape(inspector, name) for name, _ in order if name not in (None, _VERSION)]


def _shape(inspector: Inspector, name: str) -> Shape:
    columns = tuple((column["name"], _kind(column["type"])) for column in inspector.get_columns(name))
    return Shape(name, columns, tuple(inspector.get_pk_constraint(name)["constrained_columns"]))


def _kind(found: types.TypeEngine[Any]) -> str:
    if isinstance(found, types.Boolean):
        return "boolean"
    if isinstance(found, types.Integer):
        return "integer"
    if isinstance(found, types.Numeric | types.Float):
        return "number"
    if isinstance(found, types.DateTime):
        return "time"
    if isinstance(found, types.LargeBinary):
        return "bytes"
    if isinstance(found, types.String):
        return "text"
    raise TypeError(f"a column of type {found!r} cannot be copied")
