"""Workers triage, assign, refile and look; every command in its happy way and with bad input."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.statuses import OfferStatus, RequestStatus, TriageReason
from casework.use_cases.dispatch import ExpireOffer
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.leads import AcceptOffer, DeclineOffer
from casework.use_cases.residents import ReportUnsolved
from handlers.kit.callbacks import DeskCD, TriageCD
from nlu.reader import Reader
from storage.database import Database
from storage.repositories import requests
from storage.tables_delivery import inbox
from tests.bot.admin_house import Office, done, open_office, said, status, waiting
from tests.bot.lead_house import ADMIN, DETAILS, LEAD, OTHER_LEAD, PHONE, RESIDENT, SUMMARY, WORDS, buttons


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


async def test_triage_is_empty_at_first(office: Office) -> None:
    assert "没有等您处理的事" in said(await office.write("/triage"))


async def test_triage_shows_every_kind_with_its_buttons_in_pages(office: Office) -> None:
    await office.house.emergency()
    unsolved = await done(office)
    await office.house.run(ReportUnsolved, RESIDENT, unsolved.id, "还是不行")
    await waiting(office, 4)
    await office.house.sent()
    head, *cards, more = await office.write("/triage")
    assert "紧急 1 件" in head["text"]
    assert "待处理 4 件" in head["text"]
    assert len(cards) == 4
    assert "我来处理" in buttons(cards[0])
    assert {"同意重开", "不重开"} <= buttons(cards[1]).keys()
    assert "机器人拿不准" in cards[2]["text"]
    assert {"派单", "换类别", "不归我们"} <= buttons(cards[2]).keys()
    assert PHONE in cards[2]["text"]
    rest = await office.tap([more], "再看 2 件")
    assert len(rest) == 2


async def test_dead_letters_are_shown_and_tried_again(office: Office, second_connection: AsyncEngine) -> None:
    await office.write("今天天气不错", who=RESIDENT)
    async with second_connection.begin() as connection:
        await connection.execute(update(inbox).values(status="dead", error="ValueError at x.py:1"))
    office.missed.clear()
    shown = await office.write("/triage")
    assert "ValueError" in said(shown)
    assert "都清完了" in said(await office.tap(shown, "再试第 1 条"))
    assert office.missed == ["今天天气不错"]
    await office.press(DeskCD(action="retry", value="1; drop"))
    await office.press(DeskCD(action="retry", value="9" * 40))


async def test_a_request_that_is_right_is_sent_on_its_way(office: Office) -> None:
    [request] = await waiting(office)
    assert "已经派出去了" in said(await office.press(TriageCD(action="release", id=request.id)))
    assert await status(office, request) is RequestStatus.OFFERED
    assert "现在做不了" in said(await office.press(TriageCD(action="release", id=request.id)))


async def test_assign_suggests_in_words_and_assigns_by_button(office: Office) -> None:
    [request] = await waiting(office)
    shown = await office.write(f"/assign {request.number}")
    assert "合适度" in said(shown)
    assert "专门做这一项；手上 0 件，最多 10 件；还没有办完的；免费" in said(shown)
    after = await office.tap(shown, "派单 2. 银发理发站")
    assert "已派给 <b>银发理发站</b>" in said(after)
    assert (await office.house.offer(request)).organisation_id == office.house.organisations[1].id
    assert "已经交给 <b>银发理发站</b>" in await office.house.words(RESIDENT)


async def test_assign_by_todays_number_and_by_name(office: Office) -> None:
    [request] = await waiting(office)
    shown = await office.write(f"/assign {int(request.number[-4:])} 应急")
    after = await office.tap(shown, "派单 1. 应急队")
    assert "已派给 <b>应急队</b>" in said(after)


async def test_assign_searches_by_name_from_the_card(office: Office) -> None:
    [request] = await waiting(office)
    shown = await office.press(TriageCD(action="pick", id=request.id))
    assert "写组织名称" in said(await office.tap(shown, "按名字找"))
    assert "没有名字里带“火星”的组织" in said(await office.write("火星"))
    await office.press(TriageCD(action="search", id=request.id))
    assert "理发&amp;队" in said(await office.write("理发"))
    await office.press(TriageCD(action="search", id=request.id))
    assert "不做了" in said(await office.write("取消"))


async def test_work_in_hand_is_taken_away_only_after_a_question(office: Office) -> None:
    request = await office.house.file()
    await office.house.run(AcceptOffer, LEAD, (await office.house.offer(request)).id)
    await office.house.sent()
    other = office.house.organisations[1]
    asked = await office.press(TriageCD(action="assign", id=request.id, value=str(other.id)))
    assert "在办" in said(asked)
    assert await status(office, request) is RequestStatus.ACCEPTED
    await office.tap(asked, "确定")
    assert await status(office, request) is RequestStatus.OFFERED
    assert "另外安排" in await office.house.words(LEAD)


async def test_assigning_to_nobody_that_exists_changes_nothing(office: Office) -> None:
    [request] = await waiting(office)
    for value in ("999", "x", "9" * 30, ""):
        assert "找不到" in said(await office.press(TriageCD(action="assign", id=request.id, value=value)))
    assert await status(office, request) is RequestStatus.TRIAGE


async def test_the_reader_suggests_another_item_which_is_confirmed(office: Office, reader: Reader) -> None:
    office.house.frame.seat.seat(reader)
    draft = Draft("hom_plumbing", WORDS, SUMMARY, DETAILS, confident=False)
    [request] = await office.house.run(FileRequests, RESIDENT, [draft])
    await office.house.sent()
    shown = await office.write(f"/recategorise {request.number}")
    name = office.house.frame.community.catalogue.item("eld_haircut").name
    asked = await office.tap(shown, name)
    assert f"→ <b>{name}</b>" in said(asked)
    assert (await office.house.request(request.id)).item == "hom_plumbing"
    assert "已换项目，并且派出去了" in said(await office.tap(asked, "确定"))
    moved = await office.house.request(request.id)
    assert (moved.item, moved.status) == ("eld_haircut", RequestStatus.OFFERED)
    assert "换了服务项目" in await office.house.words(RESIDENT)


async def test_items_are_found_by_groups_and_by_words(office: Office) -> None:
    [request] = await waiting(office)
    catalogue = office.house.frame.community.catalogue
    shown = await office.press(TriageCD(action="group", id=request.id))
    groups = await office.tap(shown, "全部大类")
    assert len(buttons(groups[0])) == len(catalogue.groups)
    items = await office.tap(groups, catalogue.groups["HOM"])
    asked = await office.tap(items, catalogue.item("hom_plumbing").name)
    kept = await office.tap(asked, "取消")
    assert "没有改动" in said(kept)
    name = catalogue.item("hom_plumbing").name
    found = await office.write(f"/recategorise {request.number} {name[:2]}")
    assert any(name in words for words in buttons(found[0]))
    assert "没有和“飞碟”有关" in said(await office.write(f"/recategorise {request.number} 飞碟"))
    assert "已经是这一项" in said(
        await office.press(TriageCD(action="refile", id=request.id, value=request.item))
    )
    await office.press(TriageCD(action="refile", id=request.id, value="no_such"))
    assert (await office.house.request(request.id)).item == request.item


async def test_the_full_card_tells_everything(office: Office) -> None:
    request = await done(office)
    text = said(await office.write(f"/request {request.number}"))
    assert f"📞 {PHONE}" in text
    assert "501室" in text
    assert "名字&lt;101&gt;&amp;" in text
    assert "1.5 小时，2 人" in text
    assert "办理过程" in text
    assert "组织接单：巧手&lt;b&gt;理发&amp;队" in text
    assert "报告办好了：组织，剪好了" in text


async def test_why_tells_for_and_against_and_the_outcome(office: Office) -> None:
    request = await office.house.file()
    offer = await office.house.offer(request)
    await office.house.run(DeclineOffer, LEAD, offer.id, "hands")
    await office.house.sent()
    text = said(await office.write(f"/why {request.number}"))
    assert text.count("满分") == 2
    assert "也想过：\n· 银发理发站" in text
    assert "没问（已经问过）：巧手" in text
    assert "评分看什么（共 100）：对口 35" in text
    assert "👍 专门做这一项" in text
    assert "婉拒" in text
    assert "等答复" in text
    [unsure] = await waiting(office)
    assert "还没有派给过" in said(await office.write(f"/why {unsure.number}"))
    await office.write(f"/assign {unsure.number} 应急队")
    await office.press(TriageCD(action="assign", id=unsure.id, value=str(office.house.organisations[2].id)))
    assert "社工指定" in said(await office.press(TriageCD(action="why", id=unsure.id)))


async def test_late_requests_are_listed_in_pages(office: Office) -> None:
    assert "没有超时" in said(await office.write("/late"))
    for _ in range(9):
        await office.house.file()
    await office.house.sent()
    office.house.frame.clock.follow(2 * 86400)
    shown = await office.write("/late")
    assert "超时的有 9 件" in said(shown)
    assert "已超时" in said(shown)
    second = await office.tap(shown, "下一页 2/2")
    assert len(buttons(second[0])) == 2
    number = next(iter(buttons(second[0])))
    assert number in said(await office.tap(second, number))


async def test_a_missed_end_is_said_though_a_new_answer_may_still_come(office: Office) -> None:
    request = await office.house.file()
    office.house.frame.clock.follow(30 * 86400)
    await office.house.run(ExpireOffer, None, (await office.house.offer(request)).id)
    await office.house.sent()
    text = said(await office.write("/late"))
    assert request.number in text
    assert "前办好，已超时" in text


async def test_an_item_is_also_found_by_what_it_covers(office: Office) -> None:
    request = await office.house.file()
    await office.house.sent()
    assert not any("路灯" in i.name for i in office.house.frame.community.catalogue)
    [found] = await office.write(f"/recategorise {request.number} 路灯")
    assert any("公共照明" in words for words in buttons(found))


@pytest.mark.parametrize("words", ["8号楼", PHONE, PHONE[-4:], "头发", "eld_haircut"])
async def test_find(office: Office, words: str) -> None:
    request = await office.house.file()
    await office.house.sent()
    assert request.number in said(await office.write(f"/find {words}"))


async def test_find_goes_further_back_on_a_button(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "FIND_AMONG", 2)
    filed = await waiting(office, 5)
    first = await office.write("/find 头发")
    assert filed[4].number in said(first)
    assert "更早的还没找" in said(first)
    second = await office.tap(first, "再往前找")
    assert filed[2].number in said(second)
    assert filed[4].number not in said(second)
    await office.tap(first, "再往前找")
    assert "再发一次" in office.house.answers[-1]["text"]
    third = await office.tap(await office.tap(await office.write("/find 头发"), "再往前找"), "再往前找")
    assert filed[0].number in said(third)
    assert "再往前找" not in str(third)


async def test_find_asks_for_words_and_says_when_there_is_nothing(office: Office) -> None:
    assert "找什么" in said(await office.write("/find"))
    assert "没找到“&lt;b&gt;飞碟”" in said(await office.write("<b>飞碟"))


@pytest.mark.parametrize(
    "command",
    ["assign", "recategorise", "request", "why", "confirm", "close", "decline", "mute", "unmute"],
)
@pytest.mark.parametrize("number", ["", "abc", "20261121-9999", "99999999999999999999", "0", "-1", "١٢"])
async def test_a_wrong_number_is_answered_kindly(office: Office, command: str, number: str) -> None:
    text = said(await office.write(f"/{command} {number}"))
    assert ("请在命令后面写编号" in text) or ("没有编号" in text)


async def test_a_forged_button_does_nothing(office: Office) -> None:
    forged = (
        "t:show:-1:",
        "t:show:99999999999999999999:",
        "t:show:x:",
        "t:nothing:1:",
        "t:",
        "t",
        "k:yes",
        "p:late:x",
    )
    for data in forged:
        assert await office.press(data) == []
    assert "没有找到" in (await office.house.press(ADMIN, TriageCD(action="show", id=4711)))["text"]


async def test_an_old_message_whose_button_is_pressed_is_answered_anew(office: Office) -> None:
    [request] = await waiting(office)
    [answer] = await office.press(TriageCD(action="release", id=request.id), old=True)
    assert answer["method"] == "SendMessage"


async def test_nobody_left_is_said(office: Office) -> None:
    request = await office.house.file()
    for who in (LEAD, OTHER_LEAD):
        offer = await office.house.offer(request, OfferStatus.OPEN)
        await office.house.run(DeclineOffer, who, offer.id, "hands")
    await office.house.sent()
    kept = await office.house.request(request.id)
    assert kept.triage_reason is TriageReason.NOBODY_TO_OFFER
    assert "没有合适的组织了" in said(await office.press(TriageCD(action="pick", id=request.id)))
