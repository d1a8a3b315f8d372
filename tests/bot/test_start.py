"""Hello: everybody is shown the door to what they come for."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from nlu.reader import Reader
from storage.database import Database
from tests.bot.whole_house import open_town


@pytest.mark.parametrize(
    ("who", "shown", "not_shown"),
    [
        ("neighbour", "我的事", ("/desk", "我的任务")),
        ("lead", "我的任务", ("/desk",)),
        ("admin", "/desk", ("我的任务",)),
    ],
)
async def test_start_shows_the_door_to_ones_own_work(
    db: Database,
    second_connection: AsyncEngine,
    reader: Reader,
    who: str,
    shown: str,
    not_shown: tuple[str, ...],
) -> None:
    town = await open_town(db, second_connection, reader)
    answer = (await town.write(who, "/start")).here
    assert shown in answer
    assert not any(word in answer for word in not_shown)
