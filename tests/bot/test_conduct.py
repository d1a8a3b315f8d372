"""Floods, adverts, insults and fake alarms are stopped; a real emergency is heard from everybody, always."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.jobs import Jobs
from bot.pace import Pace
from casework.policy import Conduct
from casework.statuses import RequestStatus
from casework.use_cases.filing import FileEmergency
from handlers.kit.callbacks import ConductCD, EmergencyCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import ADMIN, OTHER_LEAD, RESIDENT
from tests.bot.whole_house import DETAILS, Said, Town, open_town, with_conduct, words_of

ADVERT = "专业贷款，无抵押，当天放款，加微信详聊"
FIRE = "着火了，厨房烧起来了快救人"


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    made = await open_town(db, second_connection, reader)
    made.house.frame.community = with_conduct(made.house.frame.community, Conduct())
    return made


def to(said: Said, chat: int) -> str:
    return "\n".join(words_of(row) for row in said.rows if row["chat_id"] == chat)


async def call(town: Town, words: str = FIRE) -> int:
    """The owner calls for help; what was said is left to be read."""
    filed = await town.house.run(FileEmergency, RESIDENT, "aid_rescue", words, words, DETAILS, ("119",))
    return int(filed.id)


async def called(town: Town, *chats: int) -> bool:
    """Whether there was an alarm in one of these chats since the last look."""
    return "我来处理" in "\n".join(words_of(row) for row in await town.house.sent(*chats))


async def test_who_floods_is_told_once_and_then_left_unread(town: Town) -> None:
    seconds = [0.0]
    town.house.worker._pace = Pace(10, lambda: seconds[0])
    answered = [bool((await town.write("owner", "你好")).rows) for _ in range(14)]
    assert answered == [True] * 11 + [False] * 3
    assert (await town.write("neighbour", "你好")).rows
    # Danger is heard all the same.
    assert "119" in (await town.write("owner", FIRE)).here
    seconds[0] = 61.0
    assert (await town.write("owner", "你好")).rows


async def test_workers_are_never_too_fast(town: Town) -> None:
    town.house.worker._pace = Pace(2, lambda: 0.0)
    assert all([(await town.write("admin", "/help")).rows for _ in range(5)])


async def test_adverts_are_warned_of_told_and_muted(town: Town) -> None:
    for _ in range(2):
        said = await town.write("neighbour", ADVERT)
        assert "不发广告" in said.here
        assert "请不要再这样写" not in said.here
        assert to(said, ADMIN) == ""
    said = await town.write("neighbour", ADVERT)
    assert "请不要再这样写" in said.here
    told = to(said, ADMIN)
    assert "3 次广告" in told
    assert ADVERT not in told
    # Not again with each one more.
    assert to(await town.write("neighbour", ADVERT), ADMIN) == ""
    assert "已屏蔽" in (await town.press("admin", ConductCD(action="mute", id=102).pack())).here
    assert (await town.write("neighbour", ADVERT)).rows == []
    assert "119" in (await town.write("neighbour", FIRE)).here
    assert "已取消" in (await town.press("admin", ConductCD(action="unmute", id=102).pack())).here
    assert (await town.write("neighbour", "你好")).rows


async def test_only_workers_mute(town: Town) -> None:
    for who in ("owner", "lead", "stranger"):
        await town.press(who, ConductCD(action="mute", id=102).pack())
    assert (await town.write("neighbour", "你好")).rows


async def test_many_alarms_of_one_person_are_looked_at_first(town: Town) -> None:
    for _ in range(3):
        await call(town)
        assert await called(town, OTHER_LEAD)
    fourth = await call(town)
    rows = await town.house.sent()
    first = "\n".join(words_of(row) for row in rows if row["chat_id"] == ADMIN)
    assert "第 4 次紧急求助" in first
    assert DETAILS.phone in first
    assert [row for row in rows if row["chat_id"] == OTHER_LEAD] == []
    await town.press("admin", ConductCD(action="everybody", id=fourth).pack())
    assert await called(town, OTHER_LEAD) is False  # handed out with the press already
    assert (await town.house.request(fourth)).status is RequestStatus.OFFERED
    # Pressed again it changes nothing.
    again = await town.press("admin", ConductCD(action="everybody", id=fourth).pack())
    assert to(again, OTHER_LEAD) == ""


async def test_nobody_has_to_look_for_everybody_to_be_called(town: Town) -> None:
    house = town.house
    for _ in range(3):
        await call(town)
    fourth = await call(town)
    await house.sent()
    jobs = Jobs(house.db, house.frame, lambda: None)
    house.frame.clock.follow(timedelta(minutes=2, seconds=1).total_seconds())
    while await jobs.next_step():
        pass
    assert await called(town, OTHER_LEAD)
    assert (await house.request(fourth)).status is RequestStatus.OFFERED


async def test_a_worker_who_goes_ends_the_wait(town: Town) -> None:
    house = town.house
    for _ in range(3):
        await call(town)
    fourth = await call(town)
    await town.press("admin", EmergencyCD(id=fourth).pack())
    await house.sent()
    jobs = Jobs(house.db, house.frame, lambda: None)
    house.frame.clock.follow(timedelta(minutes=2, seconds=1).total_seconds())
    while await jobs.next_step():
        pass
    told = "\n".join(words_of(row) for row in await house.sent(OTHER_LEAD))
    assert str((await house.request(fourth)).number) not in told


async def test_fifty_alarms_call_the_leads_three_times_at_once_and_lose_none(town: Town) -> None:
    for _ in range(50):
        await call(town)
    rows = await town.house.sent()
    assert sum("我来处理" in words_of(row) for row in rows if row["chat_id"] == OTHER_LEAD) == 3
    assert sum("次紧急求助" in words_of(row) for row in rows if row["chat_id"] == ADMIN) == 47


async def test_others_are_not_doubted_for_it(town: Town) -> None:
    for _ in range(5):
        await call(town)
    await town.house.sent()
    assert "119" in (said := await town.write("neighbour", FIRE)).here
    assert "我来处理" in to(said, OTHER_LEAD)


async def test_a_community_may_do_without(town: Town) -> None:
    house = town.house
    house.frame.community = with_conduct(house.frame.community, Conduct(emergencies=0, offences=0))
    for _ in range(5):
        await call(town)
        assert await called(town, OTHER_LEAD)
    for _ in range(4):
        assert "请不要再这样写" not in (await town.write("neighbour", ADVERT)).here
