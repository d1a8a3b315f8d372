"""The engine for a database address, with what SQLite needs set on every connection."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.near import BUSY_SECONDS, NearDriver
from storage.sealing import Keyring

#: For whoever works on a database as it is, without transactions of ours.
RawConnection = AsyncConnection

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}

#: A server that does not answer within so many seconds is away.
_CONNECT_SECONDS = 10
#: A replica whose machine or network is gone must not hold its locks until the system's two hours are over.
_SERVER_SETTINGS = {
    "application_name": "linying",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
#: Longer than any update may take.
_WRITERS_SETTINGS = {"idle_in_transaction_session_timeout": "120000"}
_STATEMENT_SECONDS = 30
#: A reader's connection may die silently too; the ledger of a year takes less.
_READING_SECONDS = 300


def address(url: str) -> URL:
    """The address with the asynchronous driver. Raises ValueError for what is no address or not served."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError("no address of a database") from error
    driver = _DRIVERS.get(parsed.drivername, parsed.drivername)
    if driver not in _DRIVERS.values():
        raise ValueError(f"{parsed.drivername} is not served; use sqlite or postgresql")
    parsed = parsed.set(drivername=driver)
    if driver.startswith("sqlite") and parsed.database in (None, "", ":memory:"):
        raise ValueError("SQLite in memory is not served: several connections must see one database")
    return parsed


def make_engine(
    url: URL, *, read_only: bool = False, keyring: Keyring | None = None, patient: bool = False
) -> AsyncEngine:
    """An engine of a few pooled connections, whose sealed columns use the `keyring`. Opens nothing.

    A writer's statement of more than half a minute has lost its server, a reader's of more than five minutes,
    unless one is `patient`.
    """
    engine = _make_engine(url, read_only, patient)
    # The column types look for it there; see storage.types.
    engine.dialect.keyring = keyring  # type: ignore[attr-defined]
    return engine


def _make_engine(url: URL, read_only: bool, patient: bool) -> AsyncEngine:
    if not url.drivername.startswith("sqlite"):
        how: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if read_only else {}
        options = {"postgresql_readonly": read_only}
        size = 3 if read_only else 10
        settings = _SERVER_SETTINGS | ({} if patient or read_only else _WRITERS_SETTINGS)
        longest = _READING_SECONDS if read_only else _STATEMENT_SECONDS
        how["connect_args"] = {
            "timeout": _CONNECT_SECONDS,
            "command_timeout": None if patient else longest,
            "server_settings": settings,
        }
        return create_async_engine(
            url, pool_size=size, pool_pre_ping=True, hide_parameters=True, execution_options=options, **how
        )
    engine = create_async_engine(
        url,
        module=NearDriver(thread=read_only),
        hide_parameters=True,
        pool_reset_on_return=None,
        # Transactions are begun by us: the driver's own mode would begin them too late.
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    # A writer waits for other processes by itself, without standing still.
    event.listen(engine.sync_engine, "connect", _wait_busy if read_only else _never_wait)
    if read_only:
        event.listen(engine.sync_engine, "connect", _forbid_writing)
    event.listen(engine.sync_engine, "begin", _begin_reading if read_only else _begin_writing)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    # In WAL mode no crash of the program loses anything at this level; a power cut may lose a moment.
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _wait_busy(connection: Any, _record: Any) -> None:
    connection.cursor().execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _never_wait(connection: Any, _record: Any) -> None:
    connection.cursor().execute("PRAGMA busy_timeout=0")


def _forbid_writing(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_reading(connection: Connection) -> None:
    _begin(connection, "BEGIN")


def _begin_writing(connection: Connection) -> None:
    _begin(connection, "BEGIN IMMEDIATE")


def _begin(connection: Connection, statement: str) -> None:
    """On the driver's own cursor: SQLAlchemy's way costs more than all that SQLite does for it."""
    try:
        connection.connection.cursor().execute(statement)
    except Exception as error:  # noqa: BLE001 - turned into SQLAlchemy's own
        connection._handle_dbapi_exception(error, statement, None, None, None)
