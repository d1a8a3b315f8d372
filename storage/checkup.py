"""Looks at a database as it is, for `doctor`: nothing is migrated and nothing is written."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Connection, text

from storage.replicas import REPLICA
from storage.upgrade import current, newest

_POSTGRESQL = """
    SELECT current_setting('server_version'), pg_database_size(current_database()),
           extract(epoch FROM clock_timestamp()), pg_is_in_recovery(),
           (SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = :replica),
           (SELECT count(*) FROM pg_stat_activity), current_setting('max_connections')::int
"""
_SQLITE = "SELECT sqlite_version(), page_count * page_size FROM pragma_page_count(), pragma_page_size()"


@dataclass(frozen=True, slots=True)
class Checkup:
    """`schema` is None for an empty database. Sizes in bytes; `clock_off` in seconds, positive when the
    server is ahead. The last three are PostgreSQL's, and 0 on SQLite."""

    engine: str
    schema: str | None
    newest: str
    size: int
    clock_off: float = 0.0
    read_only: bool = False
    replicas: int = 0
    connections: int = 0
    most_connections: int = 0


def look(connection: Connection) -> Checkup:
    """What `doctor` wants to know. Raises the driver's errors."""
    schema = current(connection)
    if connection.dialect.name == "sqlite":
        version, size = connection.execute(text(_SQLITE)).one()
        return Checkup(f"SQLite {version}", schema, newest(), size)
    row = connection.execute(text(_POSTGRESQL), {"replica": REPLICA}).one()
    version, size, now, read_only, replicas, connections, most = row
    off = float(now) - time.time()
    return Checkup(
        f"PostgreSQL {version}", schema, newest(), size, off, read_only, replicas, connections, most
    )
