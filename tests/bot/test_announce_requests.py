"""Who hears what, from filing to rating; no word twice, and nothing private before acceptance."""

from __future__ import annotations

import importlib
import json
import pkgutil
from typing import Any, get_args

import pytest

import casework
from casework import events
from casework.entities import Address, Details, WorkReport
from casework.use_cases.dispatch import AskSolved, ExpireOffer
from casework.use_cases.filing import AskForHuman, RaiseVoice
from casework.use_cases.leads import (
    AcceptOffer,
    AddProgress,
    AskResident,
    Attachment,
    CompleteWork,
    DeclineOffer,
    HandBack,
    StartWork,
)
from casework.use_cases.organisations import RemoveLead
from casework.use_cases.reading import MarkUnreachable
from casework.use_cases.residents import (
    AddResidentNote,
    CancelRequest,
    ChangeRequest,
    ConfirmSolved,
    RateRequest,
    ReportUnsolved,
    RestoreRequest,
    UrgeRequest,
)
from casework.use_cases.workers import (
    AssignRequest,
    CloseForResident,
    DecideReopen,
    DeclineRequest,
    RecategoriseRequest,
    SettleRequest,
)
from handlers.announce import AUDIENCES, announce
from handlers.kit.callbacks import MyRequestCD, RateCD, TriageCD
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


async def done(house: House, photo: str = "") -> Any:
    request = await house.accepted()
    await house.run(CompleteWork, LEAD, request.id, WorkReport(1, 2, "剪好了 <b>", photo))
    return await house.request(request.id)


def test_every_event_is_told_to_somebody() -> None:
    known = {kind for table in AUDIENCES for kind in table}
    modules = pkgutil.walk_packages(casework.__path__, "casework.")
    names = [m.name for m in modules if m.name.endswith("events")]
    kinds = [kind for name in names for kind in vars(importlib.import_module(name)).values()]
    everything = {k for k in kinds if isinstance(k, type) and issubclass(k, get_args(events.AnyEvent))}
    assert known == everything - {events.Event}


async def test_filing_is_one_message_with_everything(house: House) -> None:
    request = await house.file()
    (card,) = await house.sent(RESIDENT)
    category = house.frame.community.category_of(ITEM)
    for part in (request.number, "上门理发", category, "巧手&lt;b&gt;理发&amp;队", "前给您答复"):
        assert part in card["text"]
    assert buttons(card) == {
        "催办": MyRequestCD(action="urge", id=request.id).pack(),
        "取消": MyRequestCD(action="cancel", id=request.id).pack(),
    }


async def test_several_needs_are_one_message(house: House) -> None:
    request = await house.file(ITEM, "hom_plumbing", "law_aid")
    (card,) = await house.sent(RESIDENT)
    assert "3件事" in card["text"]
    assert all(f"{request.number[:-1]}{n}" in card["text"] for n in (1, 2, 3))
    assert list(buttons(card)) == [f"{w} 第{n}件" for n in (1, 2, 3) for w in ("催办", "取消")]
    assert "社工正在帮您想办法" in card["text"]


async def test_the_card_before_acceptance_hides_phone_room_and_full_words(house: House) -> None:
    await house.file()
    to_leads = await house.sent(LEAD, COLLEAGUE, GROUP)
    assert [m["chat_id"] for m in to_leads] == [LEAD, COLLEAGUE, GROUP]
    for message in to_leads:
        assert list(buttons(message)) == ["接单", "婉拒", "先问居民"]
        assert "想请人上门剪" in message["text"]
        everything = json.dumps(message, ensure_ascii=False)
        assert ROOM not in everything
        assert not any(PHONE[i : i + 5] in everything for i in range(len(PHONE) - 4))


async def test_an_organisation_nobody_can_reach_is_a_telephone_call(house: House) -> None:
    for lead in (LEAD, COLLEAGUE):
        await house.run(MarkUnreachable, None, lead, reachable=False)
    async with house.db.transaction(house.community_id) as uow:
        from dataclasses import replace

        await uow.organisations.save(replace(house.organisations[0], group_chat_id=None))
        await uow.commit()
    await house.file()
    call = await house.words(ADMIN)
    assert "0431-111" in call
    assert "没有人能在这里收到消息" in call


async def test_a_refusal_is_passed_on_gently_and_once(house: House) -> None:
    request = await house.file()
    await house.sent()
    await house.run(DeclineOffer, LEAD, (await house.offer(request)).id, "hands")
    (to_resident,) = await house.sent(RESIDENT)
    assert "银发理发站" in to_resident["text"]
    assert "抽不开身" in to_resident["text"]
    assert "同事婉拒" in await house.words(COLLEAGUE)
    assert await house.sent(LEAD, ADMIN) == []
    assert list(buttons((await house.sent(OTHER_LEAD))[0])) == ["接单", "婉拒", "先问居民"]
    await house.run(ExpireOffer, None, (await house.offer(request)).id)
    assert "社工正在帮您想办法" in await house.words(RESIDENT)
    assert "没关系" in await house.words(OTHER_LEAD)
    (triage,) = await house.sent(ADMIN)
    for part in ("没有能接的组织", "婉拒：人手不够", "银发理发站没有答复", PHONE, ROOM):
        assert part in triage["text"]
    assert list(buttons(triage)) == ["派单", "换类别", "不归我们"]


async def test_acceptance_tells_resident_and_colleagues(house: House) -> None:
    request = await house.file()
    await house.sent()
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    assert "0431-111" in await house.words(RESIDENT)
    assert f"名字&lt;{LEAD}&gt;&amp; 接下了" in await house.words(COLLEAGUE)
    assert await house.sent(LEAD) == []


async def test_the_way_to_the_stars(house: House) -> None:
    request = await house.accepted()
    await house.run(StartWork, LEAD, request.id)
    assert "开始办了" in await house.words(RESIDENT)
    await house.run(AskResident, LEAD, request.id, "几点 <方便>?")
    (question,) = await house.sent(RESIDENT)
    assert "几点 &lt;方便&gt;?" in question["text"]
    assert list(buttons(question)) == ["回复"]
    await house.run(AddResidentNote, RESIDENT, request.id, "三点", Attachment())
    assert "居民回答了：“三点”" in await house.words(LEAD)
    assert "三点" not in await house.words(GROUP)
    await house.run(AddProgress, LEAD, request.id, "", Attachment("F1", "photo"))
    (photo,) = await house.sent(RESIDENT)
    assert (photo["method"], photo["photo"]) == ("SendPhoto", "F1")
    await house.run(CompleteWork, LEAD, request.id, WorkReport(1, 2, "好了", "F2"))
    proof, ask = await house.sent(RESIDENT)
    assert proof["photo"] == "F2"
    assert list(buttons(ask)) == ["已解决", "没解决"]
    await house.run(AskSolved, None, request.id, 1)
    await house.run(AskSolved, None, request.id, 1)
    assert len(await house.sent(RESIDENT)) == 1
    await house.run(ConfirmSolved, RESIDENT, request.id)
    (thanks,) = await house.sent(RESIDENT)
    assert list(buttons(thanks).values()) == [RateCD(id=request.id, stars=n).pack() for n in range(1, 6)]
    assert "解决了。辛苦" in await house.words(LEAD)
    await house.run(RateRequest, RESIDENT, request.id, 2, (), "太慢")
    assert "⭐⭐" in await house.words(LEAD)
    assert "太慢" in await house.words(ADMIN)
    await house.run(RateRequest, RESIDENT, request.id, 5, ("quick", "kind"))
    assert "来得快、态度好" in await house.words(LEAD)
    assert await house.sent(ADMIN) == []


async def test_proof_shown_as_a_note_is_not_sent_again(house: House) -> None:
    request = await house.accepted()
    await house.run(AddProgress, LEAD, request.id, "", Attachment("F1", "photo"))
    await house.sent()
    await house.run(CompleteWork, LEAD, request.id, WorkReport(1, 1, "", "F1"))
    assert [m["method"] for m in await house.sent(RESIDENT)] == ["SendMessage"]


async def test_notes_before_acceptance_stay_closed(house: House) -> None:
    request = await house.file()
    await house.sent()
    await house.run(AddResidentNote, RESIDENT, request.id, f"门牌{ROOM}", Attachment("F1", "photo"))
    told = await house.sent(LEAD, COLLEAGUE, GROUP)
    assert {m["method"] for m in told} == {"SendMessage"}
    assert ROOM not in json.dumps(told)


async def test_changes_show_old_and_new_only_to_who_took_it(house: House) -> None:
    request = await house.file()
    await house.sent()
    change = Details(Address(room="602"), "13900001111", "后天上午")
    await house.run(ChangeRequest, RESIDENT, request.id, change)
    masked = await house.words(LEAD)
    assert "明天下午 → <b>后天上午</b>" in masked
    assert "602" not in masked
    assert "13900001111" not in masked
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.sent()
    await house.run(ChangeRequest, RESIDENT, request.id, Details(phone="13711112222"))
    assert "13900001111 → <b>13711112222</b>" in await house.words(LEAD)
    assert "13711112222" not in await house.words(GROUP)


async def test_old_and_new_addresses_are_written_alike(house: House) -> None:
    request = await house.file()
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.sent()
    moved = Details(Address(building="9", place="东门亭子旁边"))
    await house.run(ChangeRequest, RESIDENT, request.id, moved)
    told = await house.words(LEAD)
    assert f"地址：阳光花园8号楼2单元{ROOM}室 → <b>阳光花园9号楼，东门亭子旁边</b>" in told
    assert "没写门牌，上门前请先打电话问" in told


async def test_urging_counts_and_reaches_a_worker_when_nobody_has_it(house: House) -> None:
    request = await house.file()
    await house.sent()
    await house.run(UrgeRequest, RESIDENT, request.id)
    await house.run(UrgeRequest, RESIDENT, request.id)
    assert "第1次" in (urged := await house.words(LEAD))
    assert "第2次" in urged
    assert await house.sent(ADMIN) == []
    lonely = await house.file("law_aid")
    await house.sent()
    await house.run(UrgeRequest, RESIDENT, lonely.id)
    assert "没有组织在办" in await house.words(ADMIN)


async def test_cancelling_tells_each_side_once(house: House) -> None:
    request = await house.accepted()
    await house.run(CancelRequest, RESIDENT, request.id)
    (told,) = await house.sent(RESIDENT)
    assert buttons(told) == {"恢复办理": MyRequestCD(action="restore", id=request.id).pack()}
    assert [m["chat_id"] for m in await house.sent(LEAD, COLLEAGUE, GROUP)] == [LEAD, COLLEAGUE, GROUP]
    await house.run(RestoreRequest, RESIDENT, request.id)
    (told,) = await house.sent(RESIDENT)
    assert "恢复办理了" in told["text"]
    assert "巧手" in told["text"]


async def test_a_worker_moving_work_tells_who_had_it(house: House) -> None:
    request = await house.accepted()
    await house.run(AssignRequest, ADMIN, request.id, house.organisations[1].id)
    assert "社工另外安排" in await house.words(LEAD)
    assert "银发理发站" in await house.words(RESIDENT)
    await house.run(DeclineRequest, ADMIN, request.id, "物业")
    assert "该找：物业" in await house.words(RESIDENT)


async def test_refiling_says_what_it_is_now_and_who_is_asked(house: House) -> None:
    request = await house.file()
    await house.sent()
    await house.run(RecategoriseRequest, ADMIN, request.id, "hom_plumbing", "是 <水管>")
    (told,) = await house.sent(RESIDENT)
    for part in ("是 &lt;水管&gt;", "水管与下水维修", "前给您答复"):
        assert part in told["text"]
    gone, asked = await house.sent(LEAD)
    assert "换了服务项目" in gone["text"]
    assert list(buttons(asked)) == ["接单", "婉拒", "先问居民"]


async def test_a_worker_settles_it_in_person(house: House) -> None:
    request = await house.accepted()
    await house.run(SettleRequest, ADMIN, request.id, "我去看过了")
    assert "社工说办好了" in await house.words(RESIDENT)
    assert "社工已经办好了" in await house.words(LEAD)


async def test_a_worker_cancels_after_a_call(house: House) -> None:
    request = await house.accepted()
    await house.run(CloseForResident, ADMIN, request.id, solved=False, reason="不要了")
    assert "不要了" in await house.words(RESIDENT)
    assert len(await house.sent(LEAD)) == 1


@pytest.mark.parametrize("approve", [True, False])
async def test_unsolved_is_decided_by_a_worker(house: House, approve: bool) -> None:
    request = await done(house)
    await house.sent()
    await house.run(ReportUnsolved, RESIDENT, request.id, "还是漏")
    (ask,) = await house.sent(ADMIN)
    assert buttons(ask) == {
        "同意重开": TriageCD(action="reopen_yes", id=request.id).pack(),
        "不重开": TriageCD(action="reopen_no", id=request.id).pack(),
        "请原来的再去": TriageCD(action="reopen_same", id=request.id).pack(),
    }
    assert "还是漏" in ask["text"]
    assert "还是漏" in await house.words(LEAD)
    await house.run(DecideReopen, ADMIN, request.id, approve=approve, reason="看过了")
    (told,) = await house.sent(RESIDENT)
    assert ("银发理发站" in told["text"]) is approve
    assert ("看过了" in told["text"]) is not approve
    assert len(await house.sent(LEAD)) == 1


async def test_handing_back_is_one_word_to_the_resident(house: House) -> None:
    request = await house.accepted()
    await house.run(HandBack, LEAD, request.id, "车 <坏> 了")
    (told,) = await house.sent(RESIDENT)
    assert "社工正在帮您另外安排" in told["text"]
    assert "接了又退回：车 &lt;坏&gt; 了" in await house.words(ADMIN)
    assert "已退给社工" in await house.words(COLLEAGUE)


async def test_voices_and_calls_for_a_human_reach_workers(house: House) -> None:
    for kind in ("volunteer", "proposal", "start_org", "praise", "complaint", "unheard"):
        await house.run(RaiseVoice, RESIDENT, kind, "我想<说>", PHONE)
    await house.run(AskForHuman, RESIDENT, "找人")
    told = await house.sent()
    assert {m["chat_id"] for m in told} == {ADMIN}
    assert len({m["text"].split("\n")[0] for m in told}) == 7
    assert all(f"tg://user?id={RESIDENT}" in m["text"] for m in told)


async def test_somebody_who_blocks_the_bot_is_named_with_what_needed_them(house: House) -> None:
    request = await house.accepted()
    await house.run(MarkUnreachable, None, RESIDENT, reachable=False)
    told = await house.words(ADMIN)
    assert request.number in told
    assert PHONE in told
    await house.run(StartWork, LEAD, request.id)
    assert await house.sent(RESIDENT) == []
    await house.run(MarkUnreachable, None, STRANGER, reachable=False)
    assert await house.sent(ADMIN) == []


async def test_saying_the_same_events_twice_sends_once(house: House) -> None:
    request = await house.file()
    offer = await house.offer(request)
    organisation = house.organisations[0]
    told = len(await house.sent())
    async with house.db.transaction(house.community_id) as uow:
        fresh = await uow.requests.get(request.id)
        assert fresh
        await announce(house.frame.context(uow), [events.OfferMade(fresh, offer, organisation)])
        await uow.commit()
    again = await house.sent(LEAD, COLLEAGUE, GROUP)
    assert told
    assert again == []


async def test_long_and_odd_texts_arrive_whole(house: House) -> None:
    request = await house.accepted()
    await house.run(AskResident, LEAD, request.id, "<*_`😀&" * 900)
    parts = await house.sent(RESIDENT)
    assert len(parts) > 1
    assert all(len(p["text"]) <= 4096 for p in parts)
    assert sum(p["text"].count("😀") for p in parts) == 900
    assert list(buttons(parts[-1])) == ["回复"]


async def test_a_lead_who_left_hears_nothing(house: House) -> None:
    await house.run(RemoveLead, ADMIN, house.organisations[0].id, COLLEAGUE)
    await house.file()
    assert await house.sent(COLLEAGUE) == []
