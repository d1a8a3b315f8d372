"""What residents and workers put right in the conversation waits to be taught; what they do not, does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.lessons import Lesson, LessonCounts, LessonSource, LessonState
from casework.permissions import system
from casework.use_cases.retention import BeginRetention, RetainOn
from nlu.reader import Reader
from storage.database import Database
from tests.bot.resident_house import Chat, move_in
from tests.bot.station import Station

DOOR = "住7栋3单元1101,电话15588887777,我叫王桂芳,"


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    return await move_in(db, second_connection, reader)


async def lessons(chat: Chat) -> list[Lesson]:
    """All that wait."""
    found: list[Lesson] = []
    async with chat.house.db.transaction(chat.house.community_id, read_only=True) as uow:
        while lesson := await uow.lessons.waiting(found[-1].id if found else 0):
            found.append(lesson)
    return found


async def test_another_item_chosen_on_the_card_is_kept_when_it_is_filed(chat: Chat) -> None:
    await chat.says(DOOR + "马桶堵了,明天下午四点在家")
    await chat.taps("换一项")
    assert chat.keyboard
    other = next(w for w in chat.keyboard if chat.keyboard[w].startswith("d:item"))
    item = chat.keyboard[other].split(":")[-1]
    await chat.taps(other)
    assert await lessons(chat) == [], "the resident may still change it"
    if "提交" not in (chat.keyboard or {}):
        await chat.says("明天上午")
    await chat.taps("提交")
    assert await chat.filed() == [item]
    (lesson,) = await lessons(chat)
    assert (lesson.heard, lesson.meant, lesson.source) == ("hom_plumbing", item, LessonSource.CHOSEN)
    assert lesson.role == "resident"
    assert "马桶堵了" in lesson.text
    for secret in ("15588887777", "1101", "王桂芳", "3单元"):
        assert secret not in lesson.text


async def test_what_was_read_right_is_no_lesson(chat: Chat) -> None:
    await chat.says(DOOR + "马桶堵了,明天下午四点在家")
    await chat.taps("提交")
    assert await chat.filed() == ["hom_plumbing"]
    assert await lessons(chat) == []


async def test_one_of_two_that_was_asked_by_rule_is_no_lesson(chat: Chat) -> None:
    await chat.says("灯坏了")
    await chat.taps("楼道")
    await chat.says("8号楼,电话15588887777")
    await chat.taps("提交")
    assert await chat.filed() == ["saf_lighting"]
    assert await lessons(chat) == []


async def test_what_was_rejected_long_ago_is_forgotten_by_the_program_itself(station: Station) -> None:
    app, now = station.app, station.app.frame.clock.now()
    community = app.frame.community.id

    def lesson(text: str, days: int, state: LessonState) -> Lesson:
        at = now - timedelta(days=days)
        source = LessonSource.CHOSEN
        return Lesson(0, community, text, "a", "", "b", source, "resident", at, state, "", at)

    async with app.db.transaction(community) as uow:
        for days in (1, 31, 181):
            for state in LessonState:
                await uow.lessons.add(lesson(f"{days} {state}", days, state))
        await uow.commit()
    async with app.db.transaction(community) as uow:
        cases, clock = app.frame.context(uow).cases, system(community)
        await cases(BeginRetention)(clock)
        while await cases(RetainOn)(clock):
            pass
        await uow.commit()
    async with app.db.transaction(community) as uow:
        assert await uow.lessons.counts() == LessonCounts(waiting=2, accepted=3, rejected=1)
