"""Answers to a task: one gets it, the other hears so kindly; nobody else is let in."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from aiogram.types import Chat

from bot.identity import actor_of
from casework.errors import AlreadyTaken, Conflict, InviteInvalid, WrongState
from casework.statuses import OfferStatus, RequestStatus
from casework.use_cases.dispatch import ExpireOffer
from casework.use_cases.leads import AcceptOffer, Attachment
from casework.use_cases.organisations import CreateInvite
from casework.use_cases.residents import AddResidentNote, CancelRequest
from handlers.kit.callbacks import EmergencyCD, OfferCD, PageCD, WorkCD
from handlers.lead.joining import join
from tests.bot.lead_house import (
    ADMIN,
    COLLEAGUE,
    GROUP,
    ITEM,
    LEAD,
    OTHER_LEAD,
    PHONE,
    RESIDENT,
    ROOM,
    STRANGER,
    House,
    buttons,
)


async def test_accepting_shows_phone_and_door_and_a_card_to_call(house: House) -> None:
    request = await house.file()
    await house.run(AddResidentNote, RESIDENT, request.id, "", Attachment("F1", "photo"))
    await house.sent()
    offer = await house.offer(request)
    answer = await house.press(LEAD, OfferCD(action="accept", id=offer.id))
    assert "接单成功" in answer["text"]
    card, contact, photo = await house.sent(LEAD)
    assert (card["method"], card["message_id"]) == ("EditMessageText", 77)
    assert PHONE in card["text"]
    assert f"{ROOM}室" in card["text"]
    assert list(buttons(card)) == [
        "开始",
        "完成",
        "问居民",
        "留言/照片",
        "不止一件事",
        "转给别家",
        "退回",
        "我的任务",
    ]
    assert (contact["method"], contact["phone_number"]) == ("SendContact", PHONE)
    assert photo["photo"] == "F1"


async def test_a_colleague_who_presses_later_is_told_who_has_it(house: House) -> None:
    request = await house.file()
    accept = OfferCD(action="accept", id=(await house.offer(request)).id)
    await house.press(LEAD, accept)
    await house.sent()
    answer = await house.press(COLLEAGUE, accept)
    assert "同事" in answer["text"]
    (card,) = await house.sent(COLLEAGUE)
    assert "完成" in buttons(card)
    assert "已经接了" in (await house.press(LEAD, accept))["text"]
    (card,) = await house.sent(LEAD)
    assert card["method"] == "EditMessageText"


async def test_two_leads_at_the_same_moment(house: House) -> None:
    """The emergency is open to two organisations; their leads press in two transactions at once."""
    async with house.db.transaction(house.community_id) as uow:
        from dataclasses import replace

        await uow.organisations.save(replace(house.organisations[0], emergency=True))
        await uow.commit()
    request = await house.emergency()
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        offers = {o.organisation_id: o.id for o in await uow.offers.of_request(request.id)}
    pairs = [(LEAD, offers[house.organisations[0].id]), (OTHER_LEAD, offers[house.organisations[2].id])]
    results = await asyncio.gather(
        *(house.run(AcceptOffer, who, offer) for who, offer in pairs), return_exceptions=True
    )
    lost = [r for r in results if isinstance(r, (AlreadyTaken, Conflict, WrongState))]
    assert len(lost) == 1
    await house.sent()
    loser, offer_id = pairs[results.index(lost[0])]
    answer = await house.press(loser, OfferCD(action="accept", id=offer_id))
    assert "别家快了一步" in answer["text"]
    (card,) = await house.sent(loser)
    assert "谢谢您愿意帮忙" in card["text"]
    assert PHONE not in json.dumps(card, ensure_ascii=False)
    assert list(buttons(card)) == ["我的任务"]


async def test_a_lead_of_another_organisation_gets_nothing(house: House) -> None:
    request = await house.file()
    await house.sent()
    offer = await house.offer(request)
    for data in (
        OfferCD(action="accept", id=offer.id),
        OfferCD(action="decline", id=offer.id),
        OfferCD(action="why", id=offer.id, reason="hands"),
        OfferCD(action="show", id=offer.id),
        WorkCD(action="show", id=request.id),
        WorkCD(action="done", id=request.id),
        WorkCD(action="hours", id=request.id, value="1"),
        WorkCD(action="back", id=request.id, value="time"),
    ):
        answer = await house.press(OTHER_LEAD, data)
        assert answer["text"] == house.frame.texts.plain("error-not-found")
    assert await house.sent() == []
    assert (await house.request(request.id)).status is RequestStatus.OFFERED


@pytest.mark.parametrize(
    "data", ["o:accept:99999999999999999999:", "o:accept:-1:", "w:done:x:", "e:", "w:back:7"]
)
async def test_a_forged_button_does_nothing(house: House, data: str) -> None:
    await house.press(LEAD, data)
    assert await house.sent() == []
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        assert await uow.inbox.dead() == []


async def test_somebody_without_an_organisation_is_told_whose_button_it_is(house: House) -> None:
    request = await house.file()
    await house.sent()
    answer = await house.press(STRANGER, OfferCD(action="accept", id=(await house.offer(request)).id), GROUP)
    assert answer["show_alert"]
    assert await house.sent() == []


async def test_declining_with_a_tapped_reason_passes_it_on(house: House) -> None:
    request = await house.file()
    offer = await house.offer(request)
    await house.sent()
    await house.press(LEAD, OfferCD(action="decline", id=offer.id))
    (ask,) = await house.sent(LEAD)
    assert list(buttons(ask)) == ["人手不够", "时间排不开", "不在服务范围", "不会做", "其他", "返回"]
    await house.press(LEAD, buttons(ask)["返回"])
    assert list(buttons((await house.sent(LEAD))[0])) == ["接单", "婉拒", "先问居民"]
    await house.press(LEAD, buttons(ask)["时间排不开"])
    assert "转出去了" in await house.words(LEAD)
    declined = await house.offer(request, OfferStatus.DECLINED)
    assert (declined.reason, declined.decided_by) == ("time", LEAD)
    assert (await house.request(request.id)).organisation_id == house.organisations[1].id


async def test_who_leads_several_sees_which_is_asked_and_no_live_button_after_declining(house: House) -> None:
    second = house.organisations[1]
    async with house.db.transaction(house.community_id) as uow:
        await uow.organisations.add_lead(second.id, LEAD, house.frame.clock.now())
        await uow.commit()
    request = await house.file()
    (card,) = await house.sent(LEAD)
    assert "巧手" in card["text"]
    await house.press(LEAD, OfferCD(action="decline", id=(await house.offer(request)).id))
    (ask,) = await house.sent(LEAD)
    assert "原因" in ask["text"].splitlines()[-1]
    await house.press(LEAD, buttons(ask)["不会做"])
    answered, asked = await house.sent(LEAD)
    if answered["method"] != "EditMessageText":
        answered, asked = asked, answered
    assert list(buttons(answered)) == ["我的任务"]
    assert "巧手" in answered["text"]
    assert second.name in asked["text"]
    await house.press(LEAD, OfferCD(action="show", id=(await house.offer(request)).id))
    assert second.name in await house.words(LEAD)


async def test_who_leads_several_finds_an_emergency_once_and_first(house: House) -> None:
    first, second, rescue = house.organisations
    async with house.db.transaction(house.community_id) as uow:
        for organisation in (first, second):
            await uow.organisations.save(replace(organisation, emergency=True))
        for organisation in (second, rescue):
            await uow.organisations.add_lead(organisation.id, LEAD, house.frame.clock.now())
        await uow.commit()
    await house.file()
    await house.emergency()
    await house.sent()
    await house.write(LEAD, "/tasks")
    (listed,) = await house.sent(LEAD)
    assert "待答复 2 件" in listed["text"]
    assert len(buttons(listed)) == 2
    assert "紧急" in listed["text"].split("\n\n")[1]


async def test_declining_in_own_words(house: House) -> None:
    request = await house.file()
    offer = await house.offer(request)
    await house.sent()
    await house.press(LEAD, OfferCD(action="why", id=offer.id, reason="other"))
    await house.write(
        LEAD,
        sticker={
            "file_id": "s",
            "file_unique_id": "s",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
            "type": "regular",
        },
    )
    assert "请用文字" in await house.words(LEAD)
    await house.write(LEAD, "老师 <病> 了")
    assert (await house.offer(request, OfferStatus.DECLINED)).reason == "老师 <病> 了"
    await house.write(LEAD, "这句话不再是原因")
    assert await house.sent(OTHER_LEAD) != []


@pytest.mark.parametrize("how", ["cancelled", "expired"])
async def test_an_old_button_is_answered_kindly_with_a_fresh_card(house: House, how: str) -> None:
    request = await house.file()
    offer = await house.offer(request)
    if how == "cancelled":
        await house.run(CancelRequest, RESIDENT, request.id)
    else:
        await house.run(ExpireOffer, None, offer.id)
    await house.sent()
    for action in ("accept", "decline", "why"):
        answer = await house.press(LEAD, OfferCD(action=action, id=offer.id), old=True)
        assert answer["text"] == house.frame.texts.plain(f"lead-gone-{how}")
        (card,) = await house.sent(LEAD)
        assert card["method"] == "SendMessage"
        assert list(buttons(card)) == ["我的任务"]


async def test_in_a_group_phone_and_door_go_to_the_private_chat(house: House) -> None:
    request = await house.file()
    await house.sent()
    await house.press(LEAD, OfferCD(action="accept", id=(await house.offer(request)).id), GROUP)
    for message in await house.sent(GROUP):
        assert PHONE not in message["text"]
        assert f"{ROOM}室" not in message["text"]
    card, contact = await house.sent(LEAD)
    assert PHONE in card["text"]
    assert contact["method"] == "SendContact"


async def test_an_emergency_shows_door_and_phone_in_its_own_group_and_in_no_other(house: House) -> None:
    async with house.db.transaction(house.community_id) as uow:
        rescue = await uow.organisations.save(replace(house.organisations[2], group_chat_id=-1003))
        await uow.commit()
    request = await house.emergency()
    await house.press(OTHER_LEAD, EmergencyCD(id=request.id))
    await house.sent()
    for elsewhere in (GROUP, -1099):
        # In a group that is not their organisation's, leads' commands are nobody's.
        await house.write(OTHER_LEAD, f"/task {request.number}", elsewhere)
        assert await house.sent() == []
    for here in (OTHER_LEAD, rescue.group_chat_id):
        await house.write(OTHER_LEAD, f"/task {request.number}", here)
        assert PHONE in await house.words()


async def test_who_is_called_to_an_emergency_reads_its_card_in_full(house: House) -> None:
    request = await house.emergency()
    await house.sent()
    await house.press(OTHER_LEAD, OfferCD(action="show", id=(await house.offer(request)).id))
    assert PHONE in await house.words(OTHER_LEAD)
    await house.write(OTHER_LEAD, f"/task {request.number}", -1099)
    assert await house.words(-1099) == ""


async def test_a_worker_who_takes_it_in_some_group_gets_the_phone_in_private(house: House) -> None:
    request = await house.emergency()
    await house.sent()
    await house.press(ADMIN, EmergencyCD(id=request.id), -1099)
    assert PHONE not in await house.words(-1099)
    assert PHONE in await house.words(ADMIN)


async def test_the_list_and_the_card_by_number(house: House) -> None:
    assert await house.sent() == []
    await house.write(LEAD, "/tasks")
    assert "歇一歇" in await house.words(LEAD)
    requests = [await house.file("hom_plumbing") for _ in range(10)]
    await house.press(LEAD, OfferCD(action="accept", id=(await house.offer(requests[0])).id))
    await house.sent()
    await house.write(LEAD, "/tasks")
    (listed,) = await house.sent(LEAD)
    assert "待答复 9 件，手上 1 件" in listed["text"]
    assert buttons(listed)["下一页 ›"] == PageCD(list="tasks", page=1).pack()
    await house.press(LEAD, PageCD(list="tasks", page=1))
    (second,) = await house.sent(LEAD)
    assert "‹ 上一页" in buttons(second)
    for text in (f"/task {requests[0].number}", requests[0].number):
        await house.write(LEAD, text)
        assert PHONE in await house.words(LEAD)
    await house.write(LEAD, requests[1].number)
    assert PHONE not in await house.words(LEAD)
    await house.write(OTHER_LEAD, f"/task {requests[0].number}")
    assert "没找到" in await house.words(OTHER_LEAD)
    await house.write(LEAD, "/help")
    assert "/tasks" in await house.words(LEAD)


async def test_joining_alone_and_with_a_group(house: House) -> None:
    for chat in (Chat(id=STRANGER, type="private"), Chat(id=-55, type="supergroup", title="群")):
        token, _ = await house.run(CreateInvite, 901, house.organisations[1].id)
        async with house.db.transaction(house.community_id) as uow:
            context = house.frame.context(uow)
            person = await uow.people.get(STRANGER)
            assert person
            await join(context, await actor_of(context, STRANGER), person, token, chat)
            with pytest.raises(InviteInvalid):
                await join(context, await actor_of(context, STRANGER), person, token, chat)
            await uow.commit()
        assert "银发理发站" in await house.words(chat.id)
    await house.file()
    await house.file(ITEM)
    assert {m["chat_id"] for m in await house.sent(-55, STRANGER)} == {-55, STRANGER}
