"""Between resident and organisation, through the real dispatcher: forwarding, splitting, handing on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Request
from casework.statuses import OfferStatus, RequestStatus
from handlers.kit.callbacks import OfferCD, TriageCD, WorkCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import ADMIN, GROUP, ITEM, LEAD, OTHER_LEAD, RESIDENT
from tests.bot.whole_house import DETAILS, Said, Town, open_town, words_of

FILES: dict[str, dict[str, Any]] = {
    "SendPhoto": {"photo": [{"file_id": "p1", "file_unique_id": "u", "width": 9, "height": 9}]},
    "SendVoice": {"voice": {"file_id": "v1", "file_unique_id": "u", "duration": 3}},
    "SendVideo": {"video": {"file_id": "m1", "file_unique_id": "u", "width": 9, "height": 9, "duration": 3}},
    "SendLocation": {"location": {"latitude": 43.88, "longitude": 125.32}},
}


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    return await open_town(db, second_connection, reader)


def to(said: Said, chat: int) -> str:
    return "\n".join(words_of(row) for row in said.rows if row["chat_id"] == chat)


def asking(number: str) -> dict[str, Any]:
    """The bot's message about a request, as the one that is replied to."""
    chat = {"id": LEAD, "type": "private"}
    bot = {"id": 4242, "is_bot": True, "first_name": "bot"}
    about = {"message_id": 3, "chat": chat, "date": 1, "from": bot, "text": f"关于 {number}"}
    return {"reply_to_message": about}


def request_of(town: Town) -> Request:
    assert town.request
    return town.request


async def now(town: Town) -> Request:
    return await town.house.request(request_of(town).id)


async def another_haircutter(town: Town) -> int:
    """The second organisation cuts hair too."""
    second = replace(town.house.organisations[1], items=frozenset({ITEM}))
    async with town.house.db.transaction(town.house.community_id) as uow:
        await uow.organisations.save(second)
        await uow.commit()
    return second.id


# Both ways


async def test_what_a_resident_adds_reaches_who_was_only_asked_without_phone_and_door(town: Town) -> None:
    await town.filed()
    number = request_of(town).number
    said = await town.write("owner", "要带推子，我电话13911112222，11号楼4单元1907", **asking(number))
    for chat in (LEAD, GROUP):
        told = to(said, chat)
        assert "居民" in told
        assert DETAILS.phone not in told
        assert "1907" not in told
    assert "要带推子" in to(said, LEAD) or "推子" in to(said, LEAD)


@pytest.mark.parametrize("method", list(FILES))
async def test_every_kind_of_file_goes_to_who_has_taken_it_and_not_before(town: Town, method: str) -> None:
    await town.filed()
    before = await town.write("owner", **FILES[method])
    assert "接单后能看到" in to(before, LEAD)
    assert method not in {row["method"] for row in before.rows if row["chat_id"] == LEAD}
    assert town.offer
    taken = await town.press("lead", OfferCD(action="accept", id=town.offer.id).pack())
    assert method in {row["method"] for row in taken.rows if row["chat_id"] == LEAD}
    after = await town.write("owner", **FILES[method])
    assert method in {row["method"] for row in after.rows if row["chat_id"] == LEAD}


@pytest.mark.parametrize("method", list(FILES))
async def test_every_kind_of_file_goes_to_the_resident(town: Town, method: str) -> None:
    await town.accepted()
    await town.press("lead", WorkCD(action="note", id=request_of(town).id).pack())
    said = await town.write("lead", **FILES[method])
    assert method in {row["method"] for row in said.rows if row["chat_id"] == RESIDENT}
    assert DETAILS.phone not in to(said, RESIDENT)


async def test_a_lead_who_replies_to_a_message_speaks_to_the_resident(town: Town) -> None:
    await town.accepted()
    said = await town.write("lead", "我们十点到", **asking(request_of(town).number))
    assert "我们十点到" in to(said, RESIDENT)
    assert "已转给居民" in said.here


async def test_a_question_before_the_yes_comes_back_answered_without_private_facts(town: Town) -> None:
    await town.filed()
    assert town.offer
    await town.press("lead", OfferCD(action="ask", id=town.offer.id).pack())
    asked = await town.write("lead", "老人能自己坐着吗？")
    assert "老人能自己坐着吗？" in to(asked, RESIDENT)
    assert (await now(town)).status is RequestStatus.OFFERED
    answered = await town.write("owner", "能坐，到了打13911112222")
    told = to(answered, LEAD)
    assert "能坐" in told
    assert DETAILS.phone not in told
    assert (await now(town)).status is RequestStatus.OFFERED


async def test_replying_to_an_offer_is_a_question_too(town: Town) -> None:
    await town.filed()
    said = await town.write("lead", "几点方便？", **asking(request_of(town).number))
    assert "几点方便？" in to(said, RESIDENT)
    assert "答复的时间照常算" in said.here


# Splitting


async def test_a_worker_splits_in_words_and_everybody_hears_both_numbers(town: Town) -> None:
    await town.accepted()
    number = request_of(town).number
    asked = await town.write("admin", f"/split {number} 家里水龙头也漏水")
    assert "家里水龙头也漏水" in asked.here
    assert "水管" in asked.here
    sure = await town.press(
        "admin", TriageCD(action="split_item", id=request_of(town).id, value="hom_plumbing").pack()
    )
    assert "拆成两件" in sure.here
    said = await town.press(
        "admin", TriageCD(action="split_yes", id=request_of(town).id, value="hom_plumbing").pack()
    )
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        second, first = (await uow.requests.of_resident(RESIDENT))[:2]
    assert (second.parent_id, second.item, first.number) == (first.id, "hom_plumbing", number)
    assert second.number in said.here
    assert number in to(said, RESIDENT)
    assert second.number in to(said, RESIDENT)
    assert second.number in to(said, LEAD)
    assert first.status is RequestStatus.ACCEPTED


async def test_a_second_press_splits_nothing_more(town: Town) -> None:
    await town.filed()
    yes = TriageCD(action="split_yes", id=request_of(town).id, value="hom_plumbing").pack()
    await town.write("admin", f"/split {request_of(town).number} 水龙头漏水")
    await town.press(
        "admin", TriageCD(action="split_item", id=request_of(town).id, value="hom_plumbing").pack()
    )
    await town.press("admin", yes)
    again = await town.press("admin", yes)
    assert again.answered
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        assert len(await uow.requests.of_resident(RESIDENT)) == 2


async def test_a_lead_asks_the_worker_to_split(town: Town) -> None:
    await town.accepted()
    await town.press("lead", WorkCD(action="split", id=request_of(town).id).pack())
    said = await town.write("lead", "她家灯也坏了，我们不会修灯")
    assert "已经告诉社工" in said.here
    assert "她家灯也坏了" in to(said, ADMIN)
    assert "拆成两件" in to(said, ADMIN)
    assert to(said, RESIDENT) == ""
    begun = await town.press("admin", TriageCD(action="split", id=request_of(town).id).pack())
    assert "她家灯也坏了，我们不会修灯" in begun.here
    assert "是哪一项" in begun.here
    await town.press(
        "admin", TriageCD(action="split_item", id=request_of(town).id, value="hom_electric").pack()
    )
    await town.press(
        "admin", TriageCD(action="split_yes", id=request_of(town).id, value="hom_electric").pack()
    )
    anew = await town.press("admin", TriageCD(action="split", id=request_of(town).id).pack())
    assert "要拆出去的是哪件事" in anew.here


# Handing on


async def propose(town: Town) -> tuple[int, Said]:
    second = await another_haircutter(town)
    await town.accepted()
    listed = await town.press("lead", WorkCD(action="hand", id=request_of(town).id).pack())
    assert "银发理发站" in listed.here
    await town.press("lead", WorkCD(action="hand", id=request_of(town).id, value=str(second)).pack())
    return second, await town.write("lead", "我们的师傅住院了")


async def test_a_lead_proposes_who_should_take_it_and_a_worker_agrees(town: Town) -> None:
    second, said = await propose(town)
    assert "我们的师傅住院了" in to(said, ADMIN)
    assert (await now(town)).organisation_id == town.house.organisations[0].id
    done = await town.press(
        "admin", TriageCD(action="hand_on", id=request_of(town).id, value=str(second)).pack()
    )
    assert "转给 银发理发站 了" in done.here
    assert "已经转给别家" in to(done, LEAD)
    assert "银发理发站" in to(done, RESIDENT)
    assert DETAILS.phone not in to(done, OTHER_LEAD)
    offer = await town.house.offer(request_of(town), OfferStatus.OPEN)
    assert offer.organisation_id == second
    history = await town.press("admin", TriageCD(action="history", id=request_of(town).id).pack())
    assert "我们的师傅住院了" in history.here


async def test_a_worker_leaves_it_where_it_is_and_old_buttons_do_nothing(town: Town) -> None:
    second, _ = await propose(town)
    keep = TriageCD(action="hand_keep", id=request_of(town).id, value=str(second)).pack()
    said = await town.press("admin", keep)
    assert "接着办" in to(said, LEAD)
    again = await town.press(
        "admin", TriageCD(action="hand_on", id=request_of(town).id, value=str(second)).pack()
    )
    assert again.answered
    assert (await now(town)).organisation_id == town.house.organisations[0].id


# Whose it is


async def test_a_tap_says_whose_it_is_and_the_resident_gets_a_number_to_call(town: Town) -> None:
    await town.filed()
    asked = await town.press("admin", TriageCD(action="decline", id=request_of(town).id).pack())
    assert "12345" in asked.here
    assert "供电" in asked.here
    sure = await town.press("admin", TriageCD(action="whose", id=request_of(town).id, value="power").pack())
    assert "供电公司，电话 95598" in sure.here
    said = await town.press("admin", TriageCD(action="yes", id=request_of(town).id, value="decline").pack())
    assert "供电公司" in to(said, RESIDENT)
    cards = [r for r in said.rows if r["method"] == "SendContact" and r["chat_id"] == RESIDENT]
    assert [(c["phone_number"], c["first_name"]) for c in cards] == [("95598", "供电公司")]


@pytest.mark.parametrize("code", ["property", "nobody"])
async def test_without_a_known_number_the_duty_phone_helps(town: Town, code: str) -> None:
    await town.filed()
    sure = await town.press("admin", TriageCD(action="whose", id=request_of(town).id, value=code).pack())
    if code == "nobody":
        assert "该找谁" in sure.here
    else:
        assert town.house.frame.community.duty_phone in sure.here


# Hurry


async def test_hurry_is_counted_shown_and_goes_up_when_it_is_late(town: Town) -> None:
    await town.accepted()
    first = await town.write("owner", "怎么还没来人")
    assert "第1次" in to(first, LEAD)
    shown = await town.press("lead", WorkCD(action="show", id=request_of(town).id).pack())
    assert "催过1次" in shown.here
    assert to(first, ADMIN) == ""
    town.house.frame.clock.follow(40 * 24 * 3600.0)
    late = await town.write("owner", "怎么还没来人")
    assert "第2次" in to(late, LEAD)
    assert "已经超时" in to(late, ADMIN)
    again = await town.write("owner", "怎么还没来人")
    assert "问题台账" in to(again, ADMIN)


async def test_of_more_hurry_in_a_day_nobody_is_rung_again(town: Town) -> None:
    await town.accepted()
    for _ in range(3):
        await town.write("owner", "怎么还没来人")
    more = await town.write("owner", "怎么还没来人")
    assert "催过3次" in more.here
    assert to(more, LEAD) == ""
    assert (await now(town)).urges == 3
