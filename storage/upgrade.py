"""Bring a database to the schema this code knows, one process at a time."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"
#: Any number will do as long as nothing else takes the same advisory lock on this database.
_LOCK = 0x6C696E79


class SchemaTooNew(Exception):
    """The database was written by a newer program; `found` and `known` are schema numbers."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(f"the database has schema {found}, this program knows up to {known}")
        self.found = found
        self.known = known


class DatabaseUnavailable(Exception):
    """The database could not be opened; its message is the kind of the driver's error."""


def whole_metadata() -> MetaData:
    """The metadata with every table in it."""
    from storage.schema import metadata

    for module in ("tables", "tables_notes", "tables_delivery"):
        import_module(f"storage.{module}")
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
    """Whether there is nothing to do. Raises SchemaTooNew."""
    found, known = current(connection), newest()
    if found is not None and found > known:
        raise SchemaTooNew(found, known)
    return found == known


def upgrade(connection: Connection) -> None:
    """Run what is missing in the connection's transaction, one process at a time. Raises SchemaTooNew."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if is_current(connection):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
