"""Workers decide: reopen, decline, close, confirm, settle, mute; always after a second thought."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.statuses import RequestStatus
from casework.use_cases.residents import ReportUnsolved
from handlers.kit.callbacks import TriageCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.admin_house import Office, done, open_office, said, status, waiting
from tests.bot.lead_house import RESIDENT


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


@pytest.mark.parametrize("approve", [True, False])
async def test_a_reopen_request_is_decided(office: Office, approve: bool) -> None:
    request = await done(office)
    await office.house.run(ReportUnsolved, RESIDENT, request.id, "还是不行")
    await office.house.sent()
    if approve:
        assert "已经派出去了" in said(await office.press(TriageCD(action="reopen_yes", id=request.id)))
        assert await status(office, request) is RequestStatus.OFFERED
        return
    asked = await office.press(TriageCD(action="reopen_no", id=request.id))
    assert "为什么不重开" in said(asked)
    sure = await office.write("已经看过，头发剪好了")
    assert await status(office, request) is RequestStatus.REOPEN_REQUESTED
    await office.tap(sure, "确定")
    assert await status(office, request) is RequestStatus.DONE
    assert "已经看过，头发剪好了" in await office.house.words(RESIDENT)


@pytest.mark.parametrize(
    ("command", "ends", "heard"),
    [
        ("/close {n} 电话里说不用来了", RequestStatus.CANCELLED, "电话里说不用来了"),
        ("/decline {n} 供电公司，电话 95598", RequestStatus.DECLINED, "供电公司，电话 95598"),
    ],
)
async def test_ending_commands_ask_first_and_tell_the_resident(
    office: Office, command: str, ends: RequestStatus, heard: str
) -> None:
    request = await office.house.file()
    await office.house.sent()
    sure = await office.write(command.format(n=request.number))
    assert heard in said(sure)
    assert await status(office, request) is RequestStatus.OFFERED
    await office.tap(sure, "确定")
    assert await status(office, request) is ends
    assert heard in await office.house.words(RESIDENT)
    again = await office.tap(sure, "确定")
    assert "已经过去" in said(again)


async def test_a_call_back_confirms(office: Office) -> None:
    request = await done(office)
    sure = await office.write(f"/confirm {request.number}")
    assert "解决了，是吗" in said(sure)
    await office.tap(sure, "确定")
    assert await status(office, request) is RequestStatus.CONFIRMED


async def test_a_worker_who_saw_to_it_says_how(office: Office) -> None:
    request = await office.house.file()
    await office.house.sent()
    await office.press(TriageCD(action="settle", id=request.id))
    await office.tap(await office.write("我自己去剪了"), "确定")
    assert await status(office, request) is RequestStatus.DONE
    assert "解决了没有" in await office.house.words(RESIDENT)


async def test_a_decision_that_no_longer_fits_shows_how_it_stands(office: Office) -> None:
    request = await done(office)
    for word in ("/close {n} x", "/decline {n} x", "/assign {n}", "/recategorise {n}"):
        assert "现在做不了" in said(await office.write(word.format(n=request.number)))
    for action in ("cancel", "decline", "pick", "group", "reopen_yes", "reopen_no"):
        assert "现在做不了" in said(await office.press(TriageCD(action=action, id=request.id)))
    assert await status(office, request) is RequestStatus.DONE


async def test_only_what_was_previewed_last_is_done(office: Office) -> None:
    one, two = await waiting(office, 2)
    first = await office.write(f"/close {one.number} 不用了")
    await office.write(f"/decline {two.number} 物业")
    await office.tap(first, "确定")
    assert await status(office, one) is RequestStatus.TRIAGE
    assert await status(office, two) is RequestStatus.TRIAGE


async def test_words_long_after_the_question_are_not_taken_for_the_answer(office: Office) -> None:
    [request] = await waiting(office)
    await office.press(TriageCD(action="decline", id=request.id))
    office.house.frame.clock.follow(2 * 3600)
    await office.write("我家水管漏了")
    assert office.missed == ["我家水管漏了"]


async def test_a_command_ends_the_question(office: Office) -> None:
    [request] = await waiting(office)
    for other in ("/late", "/my"):
        office.missed.clear()
        await office.press(TriageCD(action="decline", id=request.id))
        await office.write(other)
        await office.write("我家水管漏了")
        assert office.missed[-1:] == ["我家水管漏了"]
    await office.press(TriageCD(action="decline", id=request.id))
    assert "用文字" in said(await office.write(sticker=_STICKER))
    assert "太长" in said(await office.write("长" * 501))


_STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}


async def test_a_resident_is_muted_and_unmuted(office: Office, reader: Reader) -> None:
    office.house.frame.seat.seat(reader)
    request = await office.house.file()
    await office.house.sent()
    await office.tap(await office.write(f"/mute {request.number}"), "确定")
    await office.write("喂", who=RESIDENT)
    assert office.missed == []
    await office.write("救命，我奶奶晕倒了叫不醒", who=RESIDENT)
    assert office.missed == ["救命，我奶奶晕倒了叫不醒"]
    office.missed.clear()
    card = await office.write(f"/request {request.number}")
    assert "已被屏蔽" in said(card)
    await office.tap(card, "取消屏蔽")
    await office.write("喂", who=RESIDENT)
    assert office.missed == ["喂"]
    assert "已取消屏蔽" in said(await office.write(f"/unmute {request.number}"))
