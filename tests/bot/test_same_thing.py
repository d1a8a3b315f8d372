"""A resident tells what a neighbour has told: asked, following, objecting; and one's own words again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Address, Details, Person, Request, WorkReport
from casework.statuses import RequestStatus
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer, CompleteWork, StartWork
from casework.use_cases.residents import CancelRequest, ConfirmSolved
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import ADMIN, LEAD, RESIDENT
from tests.bot.resident_house import WHO, Chat, move_in

GATE = Details(Address("丰和家园", place="西门口"), "13812345678")
LAMP = Draft(
    "saf_lighting", "丰和家园西门口的路灯不亮，打13812345678", "丰和家园西门口的路灯不亮，打***", GATE
)
SAID = "丰和家园西门口路灯坏了，晚上黑得很"
SECRETS = ("13812345678", f"名字<{RESIDENT}>", f"名字&lt;{RESIDENT}&gt;")


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    chat = await move_in(db, second_connection, reader)
    house = chat.house
    async with db.transaction(house.community_id) as uow:
        first = house.organisations[0]
        await uow.organisations.save(replace(first, items=first.items | {"saf_lighting"}))
        person = Person(WHO, house.community_id, "邻居", WHO, consented_at=house.frame.clock.now())
        await uow.people.save(replace(person, saved=Details(phone="13900001111")))
        await uow.commit()
    return chat


async def on_file(chat: Chat) -> Request:
    (request,) = await chat.house.run(FileRequests, RESIDENT, [LAMP])
    await chat.house.sent()
    found: Request = request
    return found


async def asked(chat: Chat) -> str:
    """Says the same until the question comes."""
    said = await chat.says(SAID)
    for _ in range(4):
        if "是不是这件事" in said or "报过" in said or "是同一件" in said:
            return said
        if "提交" in (chat.keyboard or {}):
            said = await chat.taps("提交")
        elif "电话" in said:
            said = await chat.says("13900001111")
        else:
            said = await chat.says("丰和家园西门口")
    return said


async def done(chat: Chat, request: Request) -> None:
    house = chat.house
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.run(StartWork, LEAD, request.id)
    await house.run(CompleteWork, LEAD, request.id, WorkReport(1, 1, "换了灯泡"))


async def followed(chat: Chat) -> Request:
    request = await on_file(chat)
    assert "是不是这件事" in await asked(chat)
    await chat.taps("跟着它")
    return request


async def test_follows_instead_of_filing(chat: Chat) -> None:
    request = await on_file(chat)
    question = await asked(chat)
    assert "已有 1 位邻居反映" in question
    assert "路灯不亮”" in question
    assert not [secret for secret in (*SECRETS, request.number) if secret in question]
    answer = await chat.taps("跟着它")
    assert request.number in answer
    assert "有 2 位邻居反映" in answer
    assert await chat.requests() == []
    assert (await chat.house.request(request.id)).followers == 1
    # Whoever works on it, or was asked, hears that one more waits; the first resident need not.
    assert "共 2 位" in await chat.house.words(LEAD)
    assert await chat.house.words(RESIDENT) == ""
    assert request.number in await chat.says("/my")


async def test_yes_in_words(chat: Chat) -> None:
    request = await on_file(chat)
    await asked(chat)
    await chat.says("对，就是这个")
    assert (await chat.house.request(request.id)).followers == 1


@pytest.mark.parametrize("no", ["不是同一个", "不是，另外报", None])
async def test_no_is_filed_and_linked(chat: Chat, no: str | None) -> None:
    request = await on_file(chat)
    await asked(chat)
    answer = await (chat.says(no) if no else chat.taps("另外报"))
    (own,) = await chat.requests()
    assert own.number in answer
    assert (await chat.house.request(request.id)).followers == 0
    # The resident said no: workers are not told that they look alike.
    assert "同一件" not in await chat.house.words(ADMIN)


async def test_the_question_survives_small_talk_and_a_correction(chat: Chat) -> None:
    request = await on_file(chat)
    await asked(chat)
    assert "是不是这件事" in await chat.says("今天天气真好")
    card = await chat.says("不对，是东门口")
    assert "东门" in card
    await chat.taps("提交")
    (own,) = await chat.requests()
    assert own.details.address.place == "东门口"
    assert (await chat.house.request(request.id)).followers == 0


async def test_an_old_or_forged_button_follows_nothing(chat: Chat) -> None:
    request = await on_file(chat)
    await asked(chat)
    yes = next(data for words, data in (chat.keyboard or {}).items() if "跟着它" in words)
    await chat.presses(f"{yes.rpartition(':')[0]}:999999")
    assert (await chat.house.request(request.id)).followers == 0
    # What the false one brought is the question anew; its buttons count now, and once.
    await chat.presses(yes)
    assert (await chat.house.request(request.id)).followers == 0
    yes = next(data for words, data in (chat.keyboard or {}).items() if "跟着它" in words)
    await chat.presses(yes)
    await chat.presses(yes)
    assert (await chat.house.request(request.id)).followers == 1


async def test_ones_own_words_again_join_the_first(chat: Chat) -> None:
    said = await asked(chat)
    (own,) = await chat.requests()
    assert "同一件" not in said
    question = await asked(chat)
    assert "报过" in question
    assert own.number in question
    answer = await chat.taps("就是那件")
    assert "不用再报一遍" in answer
    assert [r.id for r in await chat.requests()] == [own.id]
    assert [n.text for n in await chat.notes(own)] == [SAID]


async def test_news_at_each_step_and_a_no_that_counts(chat: Chat) -> None:
    request = await followed(chat)
    await done(chat, request)
    news = await chat.house.words(WHO)
    for word in ("接了", "开始办了", "您那边好了没有"):
        assert word in news
    assert "13812345678" not in news
    await chat.house.sent()
    answer = await chat.presses(f"u:unsolved:{request.id}")
    assert "也没解决" in answer
    assert (await chat.house.request(request.id)).status is RequestStatus.REOPEN_REQUESTED


async def test_workers_and_the_first_resident_hear_of_it(chat: Chat) -> None:
    request = await followed(chat)
    await done(chat, request)
    await chat.house.run(ConfirmSolved, RESIDENT, request.id)
    await chat.house.sent()
    await chat.house.press(WHO, f"u:unsolved:{request.id}")
    rows = await chat.house.sent()
    to = {r["chat_id"]: r.get("text", "") for r in rows}
    assert "要不要重开" in to[ADMIN]
    assert "跟着这件事的邻居说的" in to[ADMIN]
    assert "13900001111" in to[ADMIN]
    assert "有一位邻居说还没好" in to[RESIDENT]
    # A late press on 已解决 closes nothing over it, and is answered kindly.
    await chat.house.press(RESIDENT, f"r:solved:{request.id}")
    assert "还有邻居说" in str(chat.house.answers[-1].get("text"))
    assert (await chat.house.request(request.id)).status is RequestStatus.REOPEN_REQUESTED


async def test_early_and_strange_presses(chat: Chat) -> None:
    request = await followed(chat)
    await chat.presses(f"u:unsolved:{request.id}")
    assert "还没办完" in chat.alert
    await chat.presses(f"u:anew:{request.id}")
    assert chat.alert
    for action in ("show", "drop", "solved", "unsolved", "anew"):
        await chat.house.press(LEAD, f"u:{action}:{request.id}")
        assert chat.house.answers[-1]["text"] == "您没有跟着这件事。"
    assert (await chat.house.request(request.id)).status is RequestStatus.OFFERED
    assert "不再发给您" in await chat.presses(f"u:drop:{request.id}")
    await done(chat, request)
    assert await chat.house.words(WHO) == ""


async def test_taken_back_by_the_first_and_filed_by_the_second(chat: Chat) -> None:
    request = await followed(chat)
    await chat.house.run(CancelRequest, RESIDENT, request.id)
    assert "接着替您报" in await chat._answers()
    answer = await chat.taps("接着报")
    (own,) = await chat.requests()
    assert own.number in answer
    assert own.description == SAID
