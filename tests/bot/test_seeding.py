"""A profile's organisations are put in once, and never over what people changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.communities import load_community
from bot.seeding import seed
from storage.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path / 'seed.db'}")
    await opened.open()
    yield opened
    await opened.close()


async def test_a_second_seeding_adds_nothing(database: Database) -> None:
    community, organisations = load_community("fenghe")
    for expected in (len(organisations), 0):
        async with database.transaction(community.id) as uow:
            assert await seed(uow, community, organisations) == expected
            await uow.commit()
    async with database.transaction(community.id) as uow:
        stored = await uow.organisations.all()
    assert [replace(o, id=0) for o in stored] == organisations


async def test_what_people_changed_stays(database: Database) -> None:
    community, organisations = load_community("honglian")
    async with database.transaction(community.id) as uow:
        await seed(uow, community, organisations[:3])
        first = (await uow.organisations.all())[0]
        await uow.organisations.save(replace(first, phone="0574-5550-0999", active=False))
        await uow.commit()
    async with database.transaction(community.id) as uow:
        assert await seed(uow, community, organisations) == len(organisations) - 3
        changed = await uow.organisations.get(first.id)
    assert changed == replace(first, phone="0574-5550-0999", active=False)


async def test_communities_in_one_database_do_not_meet(database: Database) -> None:
    for name in ("jiangxi", "weibin"):
        community, organisations = load_community(name)
        async with database.transaction(community.id) as uow:
            assert await seed(uow, community, organisations) == len(organisations)
            await uow.commit()
        async with database.transaction(community.id) as uow:
            assert {o.community_id for o in await uow.organisations.all()} == {name}
