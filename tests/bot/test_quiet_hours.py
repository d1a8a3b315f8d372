"""Quiet hours: what waits, what goes through, and the digest in the morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.jobs import Jobs
from casework.entities import Request, WorkReport
from casework.policy import Policy
from casework.use_cases.giving import PoolRequest
from casework.use_cases.leads import AcceptOffer, AskResident, Attachment, CompleteWork, StartWork
from casework.use_cases.residents import AddResidentNote, CancelRequest, ConfirmSolved
from casework.use_cases.workers import PutIntoTriage
from handlers import held
from handlers.kit.callbacks import HeldCD
from nlu.reader import Reader
from storage.database import Database
from storage.tables_delivery import outbox
from tests.bot.lead_house import ADMIN, COLLEAGUE, GROUP, LEAD, OTHER_LEAD, RESIDENT, House, buttons
from tests.bot.resident_house import move_in


def go_to(house: House, hour: str, day: int = 7) -> None:
    """A local hour of a December day; the seventh is a Monday."""
    wanted = datetime.fromisoformat(f"2026-12-{day:02}T{hour}:00+08:00")
    house.frame.clock.follow((wanted - datetime.now(UTC)).total_seconds())


@pytest.fixture
def night(house: House) -> House:
    """The usual policy, at eleven in the evening."""
    house.frame.community = replace(house.frame.community, policy=Policy())
    # As in the whole program, before the routers of the audiences.
    house.worker.dispatcher.include_router(held.make_router())
    routers = house.worker.dispatcher.sub_routers
    routers.insert(0, routers.pop())
    go_to(house, "23:00")
    return house


async def morning(house: House, hour: str = "07:31", day: int = 8) -> None:
    """The sun rises, and all that has come due is done."""
    go_to(house, hour, day)
    await all_due(house)


async def all_due(house: House) -> None:
    jobs = Jobs(house.db, house.frame, lambda: None)
    while await jobs.next_step():
        pass


async def open_nth(house: House, who: int, digest: dict[str, Any], nth: int) -> list[dict[str, Any]]:
    """Press the button of an entry; what comes."""
    await house.press(who, list(buttons(digest).values())[nth - 1])
    return await house.sent(who)


async def test_at_night_only_who_acted_hears_and_in_the_morning_the_card_comes_whole(night: House) -> None:
    request = await night.file()
    assert {m["chat_id"] for m in await night.sent()} == {RESIDENT}
    await morning(night, "07:29")
    assert await night.sent() == []
    await morning(night)
    said = await night.sent()
    assert sorted(m["chat_id"] for m in said) == [GROUP, LEAD, COLLEAGUE]
    assert all("接单" in buttons(m) for m in said)
    await night.run(AcceptOffer, LEAD, (await night.offer(request)).id)
    assert f"{request.number}" in await night.words(RESIDENT)


async def test_several_are_one_list_and_each_opens_with_its_buttons(night: House) -> None:
    first, second = await two(night)
    await night.sent()
    await morning(night)
    (digest,) = await night.sent(LEAD)
    assert "夜里有2件事" in digest["text"]
    assert first.number in digest["text"]
    assert second.number in digest["text"]
    (card,) = await open_nth(night, LEAD, digest, 2)
    assert second.number in card["text"]
    assert "接单" in buttons(card)
    await all_due(night)
    assert await night.sent(LEAD) == []


async def test_the_list_of_the_morning_keeps_to_itself_what_is_folded_some_day(night: House) -> None:
    go_to(night, "10:00")
    request = await night.accepted()
    go_to(night, "23:00")
    for words in ("带上梯子", "钥匙在门垫下"):
        await night.run(AddResidentNote, RESIDENT, request.id, words, Attachment(), "补充")
    await night.sent()
    await morning(night)
    (digest,) = await night.sent(LEAD)
    assert digest["text"].count(request.number) == 2
    assert "门垫" not in digest["text"]
    (opened,) = await open_nth(night, LEAD, digest, 2)
    assert "门垫" in opened["text"]
    async with night.reading.connect() as connection:
        rows = await connection.execute(select(outbox.c.reveals).where(outbox.c.chat_id == LEAD))
    assert request.id in rows.scalars().all()


async def test_what_no_longer_matters_is_left_out(night: House) -> None:
    first, _ = await two(night)
    await night.run(CancelRequest, RESIDENT, first.id)
    await night.sent()
    await morning(night)
    (only,) = await night.sent(LEAD)
    assert "接单" in buttons(only)
    assert first.number not in only["text"]


async def test_everything_taken_back_leaves_silence(night: House) -> None:
    request = await night.file()
    await night.run(CancelRequest, RESIDENT, request.id)
    await night.sent()
    await morning(night)
    assert await night.sent() == []


async def test_danger_goes_through_at_once(night: House) -> None:
    await night.emergency()
    told = {m["chat_id"] for m in await night.sent()}
    assert {OTHER_LEAD, ADMIN} <= told


async def test_whoever_is_awake_hears_at_once_for_half_an_hour(night: House) -> None:
    await night.write(LEAD, "/tasks")
    await night.sent()
    await night.file()
    assert {m["chat_id"] for m in await night.sent()} == {RESIDENT, LEAD}
    go_to(night, "23:31")
    await night.file()
    assert {m["chat_id"] for m in await night.sent()} == {RESIDENT}


async def test_the_resident_hears_the_news_of_the_night_as_a_list(night: House) -> None:
    request = await taken(night)
    await night.run(StartWork, LEAD, request.id)
    await night.run(CompleteWork, LEAD, request.id, WorkReport(1, 1, "好了"))
    assert await night.sent(RESIDENT) == []
    go_to(night, "01:01", day=8)
    await all_due(night)
    await morning(night)
    (digest,) = await night.sent(RESIDENT)
    assert len(buttons(digest)) == 2
    (question,) = await open_nth(night, RESIDENT, digest, 2)
    assert {"已解决", "没解决"} <= set(buttons(question))
    await night.run(ConfirmSolved, RESIDENT, request.id)
    await night.sent()
    assert await open_nth(night, RESIDENT, digest, 2) == []
    assert "有了变化" in night.answers[-1]["text"]


async def test_a_question_that_was_answered_elsewhere_is_not_asked(night: House) -> None:
    request = await taken(night)
    await night.run(AskResident, LEAD, request.id, "几点方便？")
    await night.run(PutIntoTriage, ADMIN, request.id)
    await night.sent()
    await morning(night)
    assert "几点方便" not in await night.words(RESIDENT)


async def test_a_pool_is_told_in_the_morning_to_those_who_may_still_claim(night: House) -> None:
    request = await night.file()
    await night.run(PutIntoTriage, ADMIN, request.id)
    await night.run(PoolRequest, ADMIN, request.id)
    await night.sent()
    await morning(night)
    assert "接单" in buttons((await night.sent(LEAD))[0])
    again = await night.file()
    await night.run(PutIntoTriage, ADMIN, again.id)
    go_to(night, "23:00", day=8)
    await night.run(PoolRequest, ADMIN, again.id)
    await night.run(PutIntoTriage, ADMIN, again.id)
    await night.sent()
    await morning(night, day=9)
    assert again.number not in await night.words(LEAD)


async def test_nobody_opens_what_waited_for_somebody_else(night: House) -> None:
    await two(night)
    await night.sent()
    await morning(night)
    (digest,) = await night.sent(LEAD)
    data = next(iter(buttons(digest).values()))
    await night.press(RESIDENT, data)
    assert await night.sent(RESIDENT) == []
    assert "找不到" in night.answers[-1]["text"]
    await night.press(LEAD, HeldCD(id=2**63 - 1))
    assert "找不到" in night.answers[-1]["text"]


async def test_after_an_outage_the_morning_waits_for_the_next_one(night: House) -> None:
    await night.file()
    await night.sent()
    # Nobody was told in time: the next one is asked, and nobody is woken for it.
    await morning(night, "22:15", day=8)
    assert await night.sent() == []
    await morning(night, "07:31", day=9)
    assert await night.sent(LEAD) == []
    (card,) = await night.sent(OTHER_LEAD)
    assert "接单" in buttons(card)


async def test_a_jump_over_the_night_is_lived_through_in_order(night: House) -> None:
    request = await night.file()
    await night.sent()
    await morning(night, "15:00")
    card, reminder = await night.sent(LEAD)
    assert "接单" in buttons(card)
    assert "还在等" in reminder["text"]
    assert request.number in reminder["text"]


async def test_by_day_nothing_is_held(night: House) -> None:
    go_to(night, "12:00")
    await night.file()
    assert {RESIDENT, LEAD, COLLEAGUE, GROUP} == {m["chat_id"] for m in await night.sent()}


async def two(house: House) -> tuple[Request, Request]:
    """Two requests, of which the first organisation is asked both."""
    return await house.file(), await house.file("hom_plumbing")


async def taken(house: House) -> Request:
    """Work in hand; what was said until then is read."""
    request = await house.file()
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.sent()
    async with house.db.transaction(house.community_id) as uow:
        for chat in await uow.held.chats(100):
            await uow.held.drop([m.id for m in await uow.held.of_chat(chat)])
        await uow.commit()
    return request


async def test_who_wants_a_human_at_night_hears_when_one_will_look(
    db: Database, second_connection: AsyncEngine, reader: Reader
) -> None:
    chat = await move_in(db, second_connection, reader)
    chat.house.frame.community = replace(chat.house.frame.community, policy=Policy())
    go_to(chat.house, "12:00")
    assert "会有人来找您" in await chat.says("转人工")
    assert "想找人工" in await chat.house.words(ADMIN)
    go_to(chat.house, "23:00")
    assert "07:30" in await chat.says("转人工")
    assert await chat.house.sent(ADMIN) == []
    await morning(chat.house)
    assert "想找人工" in await chat.house.words(ADMIN)
