"""The program at a playground, for tests of delivery."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.playground.server import Playground
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import House, build
from tests.bot.station import Station, opened


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A messenger on a free port."""
    server = Playground()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def station(
    db: Database,
    database_url: str,
    second_connection: AsyncEngine,
    reader: Reader,
    tmp_path: Path,
    playground: Playground,
) -> AsyncIterator[Station]:
    """The program with an empty database; `db` has emptied it."""
    async with opened(database_url, second_connection, reader, tmp_path, playground) as made:
        yield made


@pytest.fixture
async def house(db: Database, second_connection: AsyncEngine) -> House:
    """A small community with leads, a worker and a resident; other rooms' tests furnish their own."""
    return await build(db, second_connection)
