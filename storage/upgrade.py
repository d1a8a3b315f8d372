"""Bring a database to the schema this code knows, one process at a time.

A schema that was only expanded still serves the programs before it, so that replicas of two versions work
side by side while one after another is replaced. The database says itself which is the oldest program that
can work with it: a migration that takes something away names it as its `oldest_program`. docs/upgrading.md
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parent / "migrations"
#: Any number will do as long as nothing else takes the same advisory lock on this database.
_LOCK = 0x6C696E79


#: What a statement or a connection may raise, for whoever catches it outside of storage.
DRIVER_ERRORS: tuple[type[Exception], ...] = (DBAPIError, OSError)


class SchemaTooNew(Exception):
    """The database was written by a newer program; `found` and `known` are schema numbers."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"the database has schema {found}, this program knows up to {known}")
        self.found = found
        self.known = known


class DatabaseUnavailable(Exception):
    """The database could not be opened; its message is the kind of the driver's error.

    `reason` is `locked`, `not_a_database`, `full`, `read_only`, `cannot_open` (SQLite), `unreachable`,
    `refused` (PostgreSQL) or empty.
    """

    def __init__(self, error: Exception) -> None:
        cause = getattr(error, "orig", None) or error
        super().__init__(getattr(cause, "sqlite_errorname", type(cause).__name__))
        self.reason = _reason(cause)


_SQLITE_REASONS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_NOTADB: "not_a_database",
    sqlite3.SQLITE_CORRUPT: "not_a_database",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
}


def _reason(cause: BaseException) -> str:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE_REASONS.get(code & 0xFF, "")
    # PostgreSQL's codes of class 28 and 3D: no such user, wrong password, no such database.
    state = str(getattr(cause, "sqlstate", None) or "")
    if state[:2] in ("28", "3D"):
        return "refused"
    # Classes 08, 53, 57: the connection broke, the server is full, it is starting up or going down.
    if state[:2] in ("08", "53", "57"):
        return "unreachable"
    if isinstance(cause, FileExistsError | NotADirectoryError | PermissionError):
        return "cannot_open"
    return "unreachable" if isinstance(cause, OSError) else ""


def whole_metadata() -> MetaData:
    """The metadata with every table in it."""
    from storage.schema import metadata

    for module in sorted(Path(__file__).parent.glob("tables*.py")):
        import_module(f"storage.{module.stem}")
    return metadata


def newest() -> str:
    """The number of the last migration, such as `0001`."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def current(connection: Connection) -> str | None:
    """The number of the database's schema; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_current(connection: Connection) -> bool:
    """Whether there is nothing to do: the schema is ours, or a newer one that we can work with.

    Raises SchemaTooNew.
    """
    found, known = current(connection), newest()
    if found is None or found <= known:
        return found == known
    oldest = _oldest_program(connection)
    if oldest is None or oldest > known:
        raise SchemaTooNew(found, known)
    return True


def _oldest_program(connection: Connection) -> str | None:
    """The oldest program, named by the newest schema it knows, for which the database is still right."""
    if all(column["name"] != "oldest" for column in inspect(connection).get_columns("alembic_version")):
        return None
    found: str | None = connection.scalar(text("SELECT oldest FROM alembic_version"))
    return found


def upgrade(connection: Connection) -> None:
    """Run what is missing in the connection's transaction, one process at a time. Raises SchemaTooNew."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if not is_current(connection):
        migrate(connection)


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the migrations up to that number in the connection's transaction."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    _note_oldest_program(connection, ScriptDirectory.from_config(config))


def _note_oldest_program(connection: Connection, scripts: ScriptDirectory) -> None:
    found = current(connection)
    told = (getattr(step.module, "oldest_program", "") for step in scripts.iterate_revisions(found, "base"))
    if oldest := max(told, default=""):
        connection.execute(text("UPDATE alembic_version SET oldest = :oldest"), {"oldest": oldest})
