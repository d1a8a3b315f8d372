"""Statements that are executed again and again, without being worked out again each time.

SQLAlchemy builds a cache key, an execution context, a cursor result and a greenlet for each execution: about
0.15 ms of processor time, where SQLite itself needs 0.03, and a message takes some thirty statements. What a
statement object needs is worked out here when it comes for the second time (constants of the repositories do,
statements made for one occasion do not): its SQL, where each parameter goes, the shape of its rows. From then
on it goes straight to the driver, in the same transaction and with the same errors. Column types, such as
sealed ones, convert values as ever. What this cannot do as well is left to SQLAlchemy.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, CursorResult, Dialect, Executable, Float, Numeric
from sqlalchemy.exc import NoResultFound
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

from storage.near import NearConnection

Convert = Callable[[Any], Any]
#: Longer lists are left to SQLAlchemy: each length is a plan of its own (see `stepped`).
_LONGEST_LIST = 128
_MOST_PLANS = 32


class Rows:
    """What a statement returned, with the methods of SQLAlchemy's results that repositories use."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        """Every row."""
        return self._rows

    def first(self) -> Any:
        """The first row; None where there is none."""
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        """The only row. Raises NoResultFound."""
        if len(self._rows) != 1:
            raise NoResultFound
        return self._rows[0]

    def scalar(self) -> Any:
        """The first value of the first row; None where there is none."""
        return self._rows[0][0] if self._rows else None

    scalar_one_or_none = scalar

    def scalar_one(self) -> Any:
        """The first value of the only row. Raises NoResultFound."""
        return self.one()[0]

    def scalars(self) -> Rows:
        """The first value of each row."""
        return Rows([row[0] for row in self._rows], self.rowcount)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a parameter of the SQL comes from: `key` (and place in its list), or always the same value."""

    key: str | None
    index: int | None
    value: Any
    convert: Convert | None

    def of(self, parameters: Mapping[str, Any]) -> Any:
        if self.key is None:
            return self.value
        value = parameters[self.key]
        if self.index is not None:
            value = value[self.index]
        return value if self.convert is None else self.convert(value)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One statement worked out for one dialect. `columns` convert what comes back, by place."""

    sql: str
    places: list[_Place]
    make: Callable[[Iterable[Any]], Any] | None
    columns: list[tuple[int, Convert]]

    def rows(self, raw: Sequence[Sequence[Any]]) -> list[Any]:
        if self.make is None:
            return []
        if not self.columns:
            return list(map(self.make, raw))
        return [self.make(self._converted(row)) for row in raw]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, convert in self.columns:
            values[place] = convert(values[place])
        return values


_Plans = WeakKeyDictionary[Executable, dict[tuple[Any, ...], _Plan | None]]
_known: WeakKeyDictionary[Dialect, _Plans] = WeakKeyDictionary()


def stepped(values: Iterable[int]) -> list[int]:
    """Them in order, the last one repeated until there are 1, 2, 4, 8 …: few lengths are few plans."""
    listed = sorted(set(values))
    if not listed:
        return listed
    length = 1 << (len(listed) - 1).bit_length()
    return listed + listed[-1:] * (length - len(listed))


async def execute(
    connection: AsyncConnection, statement: Executable, parameters: Mapping[str, Any]
) -> CursorResult[Any] | Rows:
    """Execute in the connection's transaction, which is begun where there is none. Raises as SQLAlchemy."""
    sync = connection.sync_connection
    assert sync is not None
    plan = None if sync.dispatch.before_cursor_execute else _plan(sync.dialect, statement, parameters)
    if plan is None:
        return await connection.execute(statement, parameters)
    if not sync.in_transaction():
        await connection.run_sync(Connection.begin)
    driver = sync.connection.dbapi_connection
    try:
        values = tuple([place.of(parameters) for place in plan.places])
        if isinstance(driver, NearConnection):
            raw, count = await driver.fetch(plan.sql, values)
        else:
            raw, count = await connection.run_sync(_fetch, plan.sql, values)
    except BaseException as error:  # noqa: BLE001 - turned into SQLAlchemy's own, a broken connection dropped
        sync._handle_dbapi_exception(error, plan.sql, None, None, None)
    return Rows(plan.rows(raw), count)


def _fetch(sync: Connection, sql: str, values: tuple[Any, ...]) -> tuple[Sequence[Any], int]:
    cursor = sync.connection.cursor()
    try:
        cursor.execute(sql, values)
        return (cursor.fetchall() if cursor.description else ()), cursor.rowcount
    finally:
        cursor.close()


def _plan(dialect: Dialect, statement: Executable, parameters: Mapping[str, Any]) -> _Plan | None:
    """The plan of a statement that has come before; None leaves it to SQLAlchemy."""
    statements = _known.get(dialect)
    if statements is None:
        statements = _known[dialect] = WeakKeyDictionary()
    plans = statements.get(statement)
    if plans is None:
        statements[statement] = {}
        return None
    lists = [len(value) for value in parameters.values() if isinstance(value, list)]
    shape = (*parameters, *lists)
    if shape in plans:
        return plans[shape]
    if len(plans) >= _MOST_PLANS or max(lists, default=0) > _LONGEST_LIST:
        return None
    plan = plans[shape] = _work_out(dialect, statement, parameters)
    return plan


def _work_out(dialect: Dialect, statement: Any, parameters: Mapping[str, Any]) -> _Plan | None:
    how = {"column_keys": list(parameters)} if isinstance(statement, UpdateBase) else {}
    compiled: SQLCompiler = statement.compile(dialect=dialect, **how)
    if compiled.insert_prefetch or compiled.update_prefetch or compiled.literal_execute_params:
        # A value that is made, or written into the SQL, at each execution.
        return None
    returned = list(getattr(statement, "exported_columns", ()))
    if dialect.name != "sqlite" and any(isinstance(column.type, Numeric) for column in returned):
        # How these come back is known only when they have come back.
        return None
    state = compiled.construct_expanded_state(dict(parameters))
    expanded = [compiled.binds[name].key for name in state.parameter_expansion]
    if any(not isinstance(parameters.get(key, []), list) for key in expanded):
        # Plans are told apart by the length of lists; of nothing else is it known.
        return None
    whole = {name: (name, None) for name in compiled.binds}
    parts = {
        part: (name, place)
        for name, names in state.parameter_expansion.items()
        for place, part in enumerate(names)
    }
    places = []
    for name in state.positiontup or ():
        bound, index = (whole | parts)[name]
        bind = compiled.binds[bound]
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if bind.key not in parameters:
            value = state.parameters[name]
            places.append(_Place(None, None, convert(value) if convert else value, None))
            continue
        given = parameters[bind.key]
        if index is not None and len(state.parameter_expansion[bound]) != len(given):
            # Rows of several values each.
            return None
        places.append(_Place(bind.key, index, None, convert))
    return _Plan(state.statement, places, *_shape(dialect, returned))


def _shape(
    dialect: Dialect, returned: list[Any]
) -> tuple[Callable[[Iterable[Any]], Any] | None, list[tuple[int, Convert]]]:
    """How a row is made, and which of its values are converted."""
    if not returned:
        return None, []
    columns = []
    for place, column in enumerate(returned):
        kind = column.type.dialect_impl(dialect)
        # Both drivers give floats by themselves; SQLAlchemy would ask for the server's number of the type.
        convert = None if isinstance(kind, Float) else kind.result_processor(dialect, None)
        if convert is not None:
            columns.append((place, convert))
    return _row_class([column.key for column in returned])._make, columns


def _row_class(names: list[str]) -> Any:
    class Row(namedtuple("Row", names, rename=True)):  # type: ignore[misc]
        __slots__ = ()

        @property
        def _mapping(self) -> dict[str, Any]:
            return dict(zip(names, self, strict=True))

    return Row
