"""Stars: welcome late, changed for a while, and a plain word where they no longer count."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Rating, WorkReport
from casework.use_cases.leads import AcceptOffer, CompleteWork, StartWork
from casework.use_cases.residents import CHANGE_RATING_WITHIN, CancelRequest, ConfirmSolved, ReportUnsolved
from casework.use_cases.workers import DecideReopen
from handlers.kit.callbacks import MyRequestCD, RateCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import ADMIN, LEAD, OTHER_LEAD, RESIDENT, buttons
from tests.bot.resident_house import Chat, move_in

DAY = 24 * 3600


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    made = await move_in(db, second_connection, reader)
    made.who = RESIDENT
    return made


async def _solved(chat: Chat) -> int:
    house = chat.house
    request = await house.accepted()
    await house.run(StartWork, LEAD, request.id)
    await house.run(CompleteWork, LEAD, request.id, WorkReport(1, 1))
    await house.run(ConfirmSolved, RESIDENT, request.id)
    await house.sent()
    return request.id


async def _rating(chat: Chat, request_id: int) -> Rating | None:
    async with chat.house.db.transaction(chat.house.community_id, read_only=True) as uow:
        return await uow.notes.rating(request_id)


async def _stars(chat: Chat, request_id: int) -> int:
    rating = await _rating(chat, request_id)
    return rating.stars if rating else 0


async def test_first_stars_are_welcome_under_a_message_too_old_to_change(chat: Chat) -> None:
    request_id = await _solved(chat)
    chat.house.frame.clock.follow(60 * DAY)
    for data in (RateCD(id=request_id, stars=2), RateCD(id=request_id, stars=2, reason="late")):
        await chat.house.press(RESIDENT, data, old=True)
        (asked,) = await chat.house.sent(RESIDENT)
        assert asked["method"] == "SendMessage"
    await chat.house.press(RESIDENT, RateCD(id=request_id, stars=2, reason="end"), old=True)
    assert "谢谢您的评价" in await chat.house.words(RESIDENT)
    rating = await _rating(chat, request_id)
    assert rating
    assert (rating.stars, rating.reasons) == (2, ("late",))


async def test_stars_can_be_changed_for_a_week_and_changing_wins_no_time(chat: Chat) -> None:
    request_id = await _solved(chat)
    clock = chat.house.frame.clock
    await chat.house.press(RESIDENT, RateCD(id=request_id, stars=2))
    clock.follow(CHANGE_RATING_WITHIN.total_seconds() - 60)
    await chat.house.press(RESIDENT, RateCD(id=request_id, stars=5))
    assert await _stars(chat, request_id) == 5
    await chat.house.press(RESIDENT, MyRequestCD(action="show", id=request_id))
    assert any(d == RateCD(id=request_id, stars=1).pack() for d in _shown(await chat.house.sent(RESIDENT)))
    clock.follow(CHANGE_RATING_WITHIN.total_seconds() + 60)
    for reason in ("", "late", "end"):
        answer = await chat.house.press(RESIDENT, RateCD(id=request_id, stars=1, reason=reason))
        assert "⭐⭐⭐⭐⭐，超过7天就不能改了" in answer["text"]
        assert answer["show_alert"]
    assert await _stars(chat, request_id) == 5
    await chat.house.press(RESIDENT, MyRequestCD(action="show", id=request_id))
    assert not any(d.startswith("s:") for d in _shown(await chat.house.sent(RESIDENT)))


def _shown(messages: list[dict[str, object]]) -> list[str]:
    return [data for message in messages for data in buttons(message).values()]


async def test_work_that_was_done_anew_is_rated_anew(chat: Chat) -> None:
    request_id, house = await _solved(chat), chat.house
    await house.press(RESIDENT, RateCD(id=request_id, stars=1))
    house.frame.clock.follow(30 * DAY)
    await house.run(ReportUnsolved, RESIDENT, request_id, "又长了")
    answer = await house.press(RESIDENT, RateCD(id=request_id, stars=5))
    assert "还没办完" in answer["text"]
    await house.run(DecideReopen, ADMIN, request_id, approve=True)
    request = await house.request(request_id)
    await house.run(AcceptOffer, OTHER_LEAD, (await house.offer(request)).id)
    await house.run(CompleteWork, OTHER_LEAD, request_id, WorkReport(1, 1))
    await house.run(ConfirmSolved, RESIDENT, request_id)
    await house.press(RESIDENT, RateCD(id=request_id, stars=4))
    assert await _stars(chat, request_id) == 4


async def test_what_was_never_done_is_not_rated(chat: Chat) -> None:
    request = await chat.house.file()
    await chat.house.run(CancelRequest, RESIDENT, request.id)
    answer = await chat.house.press(RESIDENT, RateCD(id=request.id, stars=5))
    assert "不用评价" in answer["text"]
    assert await _rating(chat, request.id) is None
