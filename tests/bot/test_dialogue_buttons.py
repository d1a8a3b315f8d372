"""Old, double and forged buttons; and the dialogue after a restart."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.dialogue.heard import listen
from handlers.dialogue.needs import as_slots, details_of
from handlers.dialogue.state import Dialogue
from handlers.kit.callbacks import DialogueCD, MenuCD, MyRequestCD, RateCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import RESIDENT
from tests.bot.resident_house import Chat, move_in, start_anew

WHOLE = "马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家"


@pytest.fixture
async def chat(db: Database, second_connection: AsyncEngine, reader: Reader) -> Chat:
    return await move_in(db, second_connection, reader)


async def test_a_double_press_files_once(chat: Chat) -> None:
    await chat.says(WHOLE)
    submit = (chat.keyboard or {})["提交"]
    await chat.presses(submit)
    again = await chat.presses(submit)
    assert "/my" in again
    assert len(await chat.requests()) == 1


async def test_an_old_card_is_answered_with_the_fresh_one(chat: Chat) -> None:
    await chat.says(WHOLE)
    old = (chat.keyboard or {})["提交"]
    await chat.says("改到后天上午")
    answer = await chat.presses(old)
    assert "以前的按钮" in answer
    assert "后天上午" in answer
    assert await chat.filed() == []
    await chat.taps("提交")
    assert await chat.filed() == ["hom_plumbing"]


async def test_forged_buttons_let_nobody_in(chat: Chat) -> None:
    other = await chat.house.file()
    await chat.says("你好")
    for data in (
        MyRequestCD(action="show", id=other.id),
        MyRequestCD(action="cancel_yes", id=other.id),
        MyRequestCD(action="solved", id=other.id),
        MyRequestCD(action="reply", id=other.id),
        MyRequestCD(action="urge", id=other.id),
        RateCD(id=other.id, stars=5),
        "s:99999:9:x",
        MenuCD(action="file", code="no_such_item"),
        DialogueCD(action="pick", turn=1, value=str(other.id)),
        DialogueCD(action="submit", turn=77),
        "d:submit:x",
        "r:burn:1",
        "nonsense",
    ):
        answer = await chat.presses(data)
        assert other.number not in answer
        assert answer or chat.alert
    assert (await chat.house.request(other.id)).status == other.status


async def test_a_pressed_button_loses_its_keyboard(chat: Chat) -> None:
    await chat.says(WHOLE)
    await chat.house.press(chat.who, (chat.keyboard or {})["提交"])
    assert any(m["method"] == "EditMessageReplyMarkup" for m in await chat.house.sent(chat.who))


async def test_other_item_and_cancel_on_the_card(chat: Chat) -> None:
    await chat.says(WHOLE)
    await chat.taps("换一项")
    assert "返回" in (chat.keyboard or {})
    chosen = next(w for w in chat.keyboard or {} if w not in ("返回", "转人工", "看全部服务"))
    assert chosen in await chat.taps(chosen)
    await chat.taps("取消")
    await chat.taps("是的，不办了")
    assert await chat.filed() == []


async def test_the_dialogue_survives_a_restart(chat: Chat) -> None:
    await chat.says("家里水池子堵了")
    await chat.says("2号楼1单元603")
    start_anew(chat.house)
    again = Chat(chat.house, chat.who)
    await again.says("13711223344")
    start_anew(chat.house)
    await again.says("明天上午")
    start_anew(chat.house)
    await again.taps("提交")
    (request,) = await again.requests()
    assert (request.details.address.room, request.details.phone) == ("603", "13711223344")


PIECES = {
    "address": ("5栋4单元601", "请问在哪里"),
    "contact": ("我电话13500001234", "打哪个电话"),
    "time": ("后天上午", "什么时候方便"),
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["need", *PIECES]), joined=st.integers(0, 2))
async def test_what_was_told_is_never_asked(chat: Chat, order: list[str], joined: int) -> None:
    """In whatever order and however bundled the details come."""
    chat.who += 1
    told: set[str] = set()
    messages = {**{k: v[0] for k, v in PIECES.items()}, "need": "家里水池子堵了"}
    turns = [order[: joined + 1], *([o] for o in order[joined + 1 :])]
    answer = ""
    for turn in turns:
        told |= set(turn)
        answer = await chat.says("，".join(messages[part] for part in turn))
        assert not [p for p in told & set(PIECES) if PIECES[p][1] in answer]
    assert "提交" in (chat.keyboard or {}), answer
    await chat.taps("提交")
    (request,) = await chat.requests()
    assert request.item == "hom_plumbing"
    assert (request.details.phone, request.details.address.room) == ("13500001234", "601")
    assert request.details.time_expr


def _nowhere(item: str) -> bool:
    return False


async def test_the_slots_give_back_what_was_heard(reader: Reader) -> None:
    from bot.clock import SystemClock

    now = SystemClock().now()
    heard = listen(
        reader, "8号楼2单元501，13812345678，明天下午三点", now, (), Dialogue({}, 1), "本人", _nowhere
    )
    assert as_slots(details_of(heard.slots)) == heard.slots


async def test_old_buttons_of_other_residents_stay_theirs(chat: Chat) -> None:
    await chat.says(WHOLE)
    submit = (chat.keyboard or {})["提交"]
    await chat.house.press(RESIDENT, submit)
    assert await chat.filed() == []
