"""Work in hand: started, asked back, noted, given back, finished; undone at any step."""

from __future__ import annotations

from typing import Any

import pytest

from casework.statuses import NoteKind, RequestStatus
from casework.use_cases.leads import AcceptOffer, AskResident, Attachment
from casework.use_cases.residents import AddResidentNote, CancelRequest
from handlers.kit.callbacks import WorkCD
from handlers.lead.amounts import amount
from tests.bot.lead_house import ADMIN, GROUP, LEAD, RESIDENT, House, buttons

BOT = {"id": 4242, "is_bot": True, "first_name": "邻应"}


@pytest.fixture
async def work(house: House) -> int:
    """The id of a request that the first organisation has taken."""
    request = await house.file()
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.sent()
    return request.id


async def report_of(house: House, request_id: int) -> Any:
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        return await uow.notes.report(request_id)


async def notes_of(house: House, request_id: int) -> list[tuple[NoteKind, str, str]]:
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        return [(n.kind, n.text, n.file_kind) for n in await uow.notes.of_request(request_id)]


def photo(file_id: str, **more: Any) -> dict[str, Any]:
    return {"photo": [{"file_id": file_id, "file_unique_id": file_id, "width": 9, "height": 9}], **more}


async def tap(house: House, words: str) -> dict[str, Any]:
    """Press the button with these words under the last message to the lead that has it."""
    found = [m for m in await house.sent(LEAD) if words in buttons(m)]
    return await house.press(LEAD, buttons(found[-1])[words])


async def test_starting_once(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="start", id=work))
    (card,) = await house.sent(LEAD)
    assert list(buttons(card)) == [
        "完成",
        "问居民",
        "留言/照片",
        "不止一件事",
        "转给别家",
        "退回",
        "我的任务",
    ]
    assert "已经开始" in (await house.press(LEAD, WorkCD(action="start", id=work)))["text"]
    assert len(await house.sent(RESIDENT)) == 1


async def test_asking_the_resident_in_own_words(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="ask", id=work))
    await house.write(LEAD, **photo("F"))
    assert "请用文字" in await house.words(LEAD)
    await house.write(LEAD, "几点方便？")
    assert "几点方便？" in await house.words(RESIDENT)
    assert (await house.request(work)).status is RequestStatus.WAITING_RESIDENT
    assert "还没回答" in (await house.press(LEAD, WorkCD(action="ask", id=work)))["text"]


@pytest.mark.parametrize(
    ("fields", "kind", "method"),
    [
        ({"text": "路上了"}, "", "SendMessage"),
        (photo("F", caption="看"), "photo", "SendPhoto"),
        ({"voice": {"file_id": "F", "file_unique_id": "F", "duration": 1}}, "voice", "SendVoice"),
        (
            {"video": {"file_id": "F", "file_unique_id": "F", "duration": 1, "width": 1, "height": 1}},
            "video",
            "SendVideo",
        ),
        ({"document": {"file_id": "F", "file_unique_id": "F"}}, "document", "SendDocument"),
        ({"location": {"latitude": 43.5, "longitude": 125.25}}, "location", "SendLocation"),
    ],
)
async def test_whatever_is_noted_reaches_the_resident(
    house: House, work: int, fields: dict[str, Any], kind: str, method: str
) -> None:
    await house.press(LEAD, WorkCD(action="note", id=work))
    await house.write(LEAD, **fields)
    assert (await house.sent(RESIDENT))[0]["method"] == method
    assert [n[2] for n in await notes_of(house, work)] == [kind]
    await house.write(LEAD, "这句是自己的话")
    assert await house.sent(RESIDENT) == []


async def test_a_forwarded_album_is_passed_on_whole_and_answered_once(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="note", id=work))
    await house.sent()
    for n in range(3):
        await house.write(LEAD, **photo(f"F{n}", media_group_id="A"))
    assert [m["photo"] for m in await house.sent(RESIDENT)] == ["F0", "F1", "F2"]
    assert len(await house.sent(LEAD)) == 1
    await house.write(LEAD, "自己的话")
    assert len(await notes_of(house, work)) == 3


async def test_finishing_in_three_taps(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="done", id=work))
    await tap(house, "0.5小时")
    await tap(house, "3人")
    await tap(house, "跳过")
    report = await report_of(house, work)
    assert (report.hours, report.people, report.photo) == (0.5, 3, "")
    assert (await house.request(work)).status is RequestStatus.DONE
    (ask,) = await house.sent(RESIDENT)
    assert list(buttons(ask)) == ["已解决", "没解决"]


async def test_finishing_with_own_numbers_and_a_photo(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="done", id=work))
    await tap(house, "其他")
    await house.write(LEAD, "好久")
    assert "没看懂" in await house.words(LEAD)
    await house.write(LEAD, "四个半小时")
    await tap(house, "其他")
    await house.write(LEAD, "半个")
    assert "没看懂" in await house.words(LEAD)
    await house.write(LEAD, "１２个人")
    await house.write(LEAD, **photo("F", caption="剪好了"))
    report = await report_of(house, work)
    assert (report.hours, report.people, report.words, report.photo) == (4.5, 12, "剪好了", "F")


async def test_an_album_as_proof_ends_with_a_tap(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="done", id=work))
    await tap(house, "1小时")
    await tap(house, "1人")
    await house.sent()
    for n in range(2):
        await house.write(LEAD, **photo(f"F{n}", media_group_id="A"))
    await tap(house, "好了")
    assert (await report_of(house, work)).photo == "F0"
    sent = await house.sent(RESIDENT)
    assert [m.get("photo") for m in sent] == ["F0", "F1", None]


async def test_every_step_can_be_undone(house: House, work: int) -> None:
    for action in ("ask", "note", "done", "back"):
        await house.press(LEAD, WorkCD(action=action, id=work))
        await tap(house, "取消")
        assert "这一步取消了" in await house.words(LEAD)
        await house.write(LEAD, "自己的话")
        assert await house.sent() == []
    await house.press(LEAD, WorkCD(action="note", id=work))
    await house.sent()
    await house.write(LEAD, "算了")
    assert "这一步取消了" in await house.words(LEAD)
    assert await notes_of(house, work) == []
    assert (await house.request(work)).status is RequestStatus.ACCEPTED


async def test_a_command_or_half_an_hour_ends_a_step(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="note", id=work))
    await house.write(LEAD, "/my")
    await house.write(LEAD, "我家也漏水")
    await house.press(LEAD, WorkCD(action="note", id=work))
    house.frame.clock.follow(31 * 60)
    await house.write(LEAD, "我家还漏水")
    assert await notes_of(house, work) == []


async def test_taps_out_of_order_begin_again(house: House, work: int) -> None:
    for data in (
        WorkCD(action="people", id=work, value="3"),
        WorkCD(action="skip", id=work),
        WorkCD(action="hours", id=work, value="999999"),
    ):
        await house.press(LEAD, data)
        (again,) = await house.sent(LEAD)
        assert "几小时" in again["text"]
    assert (await house.request(work)).status is RequestStatus.ACCEPTED
    assert (await house.press(LEAD, WorkCD(action="unheard", id=work)))["show_alert"]


async def test_a_question_before_the_start_leaves_the_start(house: House, work: int) -> None:
    await house.run(AskResident, LEAD, work, "家里有凳子吗？")
    await house.run(AddResidentNote, RESIDENT, work, "有", Attachment())
    await house.sent()
    await house.press(LEAD, WorkCD(action="show", id=work))
    (card,) = await house.sent(LEAD)
    assert "开始" in buttons(card)
    await house.press(LEAD, buttons(card)["开始"])
    assert "开始办了" in await house.words(RESIDENT)
    (card,) = await house.sent(LEAD)
    assert "开始" not in buttons(card)
    answer = await house.press(LEAD, WorkCD(action="start", id=work))
    assert "已经开始" in answer["text"]
    assert await house.sent(RESIDENT) == []


async def test_after_a_message_the_task_is_one_tap_away(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="note", id=work))
    await house.sent()
    await house.write(LEAD, "两点到")
    (answer,) = await house.sent(LEAD)
    assert (await house.request(work)).number in answer["text"]
    await house.press(LEAD, buttons(answer)["看这件事"])
    assert "两点到" in await house.words(LEAD)


async def test_giving_back_with_a_reason(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="back", id=work))
    await tap(house, "其他")
    await house.write(LEAD, "车坏了")
    assert (await house.request(work)).status is RequestStatus.TRIAGE
    assert "车坏了" in await house.words(ADMIN)
    for action in ("start", "done", "note", "ask", "back"):
        answer = await house.press(LEAD, WorkCD(action=action, id=work))
        assert "不在您手上" in answer["text"]


async def test_words_for_work_that_is_gone_go_nowhere(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="note", id=work))
    await house.run(CancelRequest, RESIDENT, work)
    await house.sent()
    await house.write(LEAD, "我到楼下了")
    assert await house.sent(RESIDENT) == []
    assert "不在您手上" in await house.words(LEAD)


async def test_in_a_group_only_a_reply_is_taken(house: House, work: int) -> None:
    await house.press(LEAD, WorkCD(action="note", id=work), GROUP)
    assert "点“回复”" in await house.words(GROUP)
    await house.write(LEAD, "晚上吃什么", GROUP)
    assert await notes_of(house, work) == []
    prompt = {"message_id": 78, "date": 1, "from": BOT, "text": "?"}
    chat = {"id": GROUP, "type": "supergroup", "title": "群"}
    await house.write(LEAD, "路上了", GROUP, reply_to_message={**prompt, "chat": chat})
    assert [n[1] for n in await notes_of(house, work)] == ["路上了"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4),
        ("1.5小时", 1.5),
        ("一个半", 1.5),
        ("两小时", 2),
        ("半小时", 0.5),
        ("三十分钟", 0.5),
        ("十二个", 12),
        ("一百零五人", 105),
        ("６", 6),
        ("很多", None),
        ("", None),
    ],
)
def test_amounts(text: str, value: float | None) -> None:
    assert amount(text) == value
