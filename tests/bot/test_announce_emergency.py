"""Danger to life: everybody at once with everything, again until somebody comes, then peace."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from casework.entities import Details
from casework.statuses import OfferStatus, TimerKind
from casework.use_cases.dispatch import RepeatEmergency
from casework.use_cases.filing import FileEmergency
from casework.use_cases.leads import AcceptOffer, Attachment, DeclineOffer
from casework.use_cases.residents import AddResidentNote, ChangeRequest, UrgeRequest
from casework.use_cases.workers import AssignRequest
from handlers.kit.callbacks import EmergencyCD, OfferCD
from tests.bot.lead_house import (
    ADMIN,
    COLLEAGUE,
    DETAILS,
    LEAD,
    OTHER_LEAD,
    PHONE,
    RESIDENT,
    ROOM,
    STRANGER,
    House,
    buttons,
)


async def test_everybody_is_called_with_door_and_phone(house: House) -> None:
    request = await house.emergency()
    for chat in (ADMIN, OTHER_LEAD):
        alarm, contact = await house.sent(chat)
        assert ROOM in alarm["text"]
        assert PHONE in alarm["text"]
        assert buttons(alarm) == {"我来处理": EmergencyCD(id=request.id).pack()}
        assert (contact["method"], contact["phone_number"]) == ("SendContact", PHONE)
    # The resident has heard it from the dialogue already.
    assert await house.sent(RESIDENT, LEAD, COLLEAGUE, STRANGER) == []


async def test_it_is_repeated_with_how_long_nobody_came(house: House) -> None:
    request = await house.emergency()
    await house.sent()
    house.frame.clock.follow(5 * 60)
    await house.run(RepeatEmergency, None, request.id, 1)
    await house.run(RepeatEmergency, None, request.id, 1)
    for chat in (ADMIN, OTHER_LEAD):
        (again,) = await house.sent(chat)
        assert "已经5分钟没有人接手" in again["text"]
        assert list(buttons(again)) == ["我来处理"]
    assert await house.sent(RESIDENT) == []


async def test_no_card_of_it_names_a_comfortable_deadline(house: House) -> None:
    request = await house.emergency()
    since = house.frame.clock.now().astimezone(ZoneInfo("Asia/Shanghai")).strftime("%H:%M")
    for chat in (ADMIN, OTHER_LEAD):
        told = await house.words(chat)
        assert "前给答复" not in told
        assert f"从今天 {since}等到现在" in told
        assert "一直重复通知" in told
    await house.press(OTHER_LEAD, OfferCD(action="show", id=(await house.offer(request)).id))
    assert f"从今天 {since}等到现在" in await house.words(OTHER_LEAD)
    await house.run(UrgeRequest, RESIDENT, request.id)
    assert "还没有人接手" in await house.words(OTHER_LEAD)
    await house.press(ADMIN, EmergencyCD(id=request.id))
    told = await house.words(ADMIN)
    assert "一直重复通知" not in told
    assert "已经有人接手" in told


async def test_a_worker_who_only_assigns_it_does_not_silence_the_calls(house: House) -> None:
    request = await house.emergency()
    await house.run(AssignRequest, ADMIN, request.id, house.organisations[0].id)
    await house.sent()
    house.frame.clock.follow(5 * 60)
    async with house.db.transaction(house.community_id) as uow:
        timer = await uow.timers.claim_due(house.frame.clock.now())
    assert timer
    assert timer.kind is TimerKind.REPEAT_EMERGENCY


async def test_a_lead_takes_it_and_all_others_rest(house: House) -> None:
    request = await house.emergency()
    await house.sent()
    await house.press(OTHER_LEAD, EmergencyCD(id=request.id))
    assert (await house.request(request.id)).organisation_id == house.organisations[2].id
    assert "应急队" in await house.words(ADMIN)
    (coming,) = await house.sent(RESIDENT)
    assert "应急队" in coming["text"]
    assert "0431-333" in coming["text"]
    own = await house.sent(OTHER_LEAD)
    assert [m["method"] for m in own] == ["EditMessageText", "SendContact"]
    await house.run(RepeatEmergency, None, request.id, 2)
    assert await house.sent() == []


async def test_a_worker_takes_it_and_the_lead_comes_too_late(house: House) -> None:
    request = await house.emergency()
    await house.sent()
    await house.press(ADMIN, EmergencyCD(id=request.id))
    edited, contact = await house.sent(ADMIN)
    assert ROOM in edited["text"]
    assert list(buttons(edited)) == ["看这件事"]
    assert contact["method"] == "SendContact"
    assert "社工" in await house.words(RESIDENT)
    assert f"名字&lt;{ADMIN}&gt;" in await house.words(OTHER_LEAD)
    answer = await house.press(OTHER_LEAD, EmergencyCD(id=request.id))
    assert "已经有人在处理" in answer["text"]
    assert "已经在处理了" in await house.words(OTHER_LEAD)
    offer = await house.offer(request)
    await house.run(AcceptOffer, OTHER_LEAD, offer.id)
    assert "也接手了" in await house.words(ADMIN)


async def test_helpers_hear_what_is_unknown_and_what_was_kept_before(house: House) -> None:
    async with house.db.transaction(house.community_id) as uow:
        person = await uow.people.get(RESIDENT)
        assert person
        await uow.people.save(replace(person, saved=DETAILS))
        await uow.commit()
    request = await house.run(FileEmergency, RESIDENT, "aid_rescue", "快来人", "快来人", Details(), ("120",))
    for chat in (ADMIN, OTHER_LEAD):
        told = await house.words(chat)
        assert "还不知道人在哪里" in told
        assert f"{ROOM}室（人不一定在那里）" in told
        assert PHONE in told
        assert f"tg://user?id={RESIDENT}" in told
    assert (await house.request(request.id)).details == Details()
    await house.press(ADMIN, EmergencyCD(id=request.id))
    assert f"{ROOM}室（人不一定在那里）" in await house.words(ADMIN)
    await house.sent()
    await house.run(ChangeRequest, RESIDENT, request.id, DETAILS)
    told = await house.words(OTHER_LEAD)
    assert "还不知道" not in told
    assert "以前登记" not in told


async def test_words_of_the_resident_reach_everybody_called(house: House) -> None:
    request = await house.emergency()
    await house.sent()
    await house.run(AddResidentNote, RESIDENT, request.id, "", Attachment("43.88,125.32", "location"))
    for chat in (ADMIN, OTHER_LEAD):
        assert [m["method"] for m in await house.sent(chat)] == ["SendLocation", "SendMessage"]


async def test_a_refusal_is_told_to_workers(house: House) -> None:
    request = await house.emergency()
    await house.sent()
    await house.run(DeclineOffer, OTHER_LEAD, (await house.offer(request)).id, "hands")
    assert "人手不够" in await house.words(ADMIN)
    assert (await house.offer(request, OfferStatus.DECLINED)).decided_by == OTHER_LEAD


async def test_a_stranger_cannot_take_it(house: House) -> None:
    request = await house.emergency()
    await house.sent()
    for who in (STRANGER, LEAD):
        answer = await house.press(who, EmergencyCD(id=request.id))
        assert answer["show_alert"] if who == STRANGER else answer["text"]
        assert await house.sent(who) == []
    assert (await house.request(request.id)).taken_by is None
