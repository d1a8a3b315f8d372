"""Ringing up, putting right, and the three ledgers, as workers and leads meet them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.rounds import RECURRING
from bot.telling import tell
from casework.books.calls import CallReason
from casework.books.ledgers import ProblemKind
from casework.promises.schedules import Schedule, ScheduleKind
from casework.statuses import RequestStatus
from casework.use_cases.call_list import PutOnCallList
from casework.use_cases.ledgers import RaiseProblem
from casework.use_cases.reading import MarkUnreachable
from casework.use_cases.residents import ConfirmSolved, ReportUnsolved
from handlers.kit.callbacks import CallCD, LedgerCD, ProblemCD, TriageCD
from storage.database import Database
from tests.bot.admin_house import Office, done, open_office, said, status
from tests.bot.lead_house import ADMIN, GROUP, LEAD, RESIDENT, buttons


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


async def ringing(office: Office) -> Any:
    """A request whose resident kept silent."""
    request = await done(office)
    await office.house.run(PutOnCallList, None, request, CallReason.SILENT)
    return request


async def card(office: Office) -> list[dict[str, Any]]:
    listed = await office.write("/callback")
    assert "没有回音" in said(listed)
    return await office.tap(listed, "理发")


async def test_a_call_tells_whom_to_ring_and_what_to_ask(office: Office) -> None:
    await ringing(office)
    shown = await card(office)
    for words in ("13812345678", "巧手", "剪好了", "解决了没有", "满意吗"):
        assert words in said(shown), words
    assert "打几分" in said(await office.tap(shown, "解决了"))


async def test_who_blocked_the_bot_is_rung_up_and_the_card_says_why(office: Office) -> None:
    await ringing(office)
    await office.house.run(MarkUnreachable, None, RESIDENT, reachable=False)
    assert "停用了机器人" in said(await card(office))


async def test_a_yes_with_stars_and_a_remark(office: Office) -> None:
    request = await ringing(office)
    stars = await office.tap(await card(office), "解决了")
    assert await status(office, request) is RequestStatus.CONFIRMED
    asked = await office.tap(stars, "4分")
    await office.tap(asked, "记几句")
    assert "记下了" in said(await office.write("说师傅很和气"))
    async with office.house.db.transaction(office.house.community_id) as uow:
        rating = await uow.notes.rating(request.id)
        (call,) = (await uow.calls.of_requests([request.id]))[request.id]
    assert rating
    assert (rating.stars, call.words, call.outcome) == (4, "说师傅很和气", "solved")
    assert "没有要回访的" in said(await office.write("/callback"))


@pytest.mark.parametrize(("word", "same"), [("换一家", False), ("请原来的", True)])
async def test_a_no_is_reopened_with_the_residents_words(office: Office, word: str, same: bool) -> None:
    request = await ringing(office)
    await office.tap(await card(office), "没解决")
    sure = await office.write("剪得一边长一边短")
    assert await status(office, request) is RequestStatus.DONE
    await office.tap(sure, word)
    now = await office.house.request(request.id)
    first, second = (o.id for o in office.house.organisations[:2])
    assert now.organisation_id == (first if same else second)
    assert "重新办理" in await office.house.words(RESIDENT)
    problems = said(await office.press(LedgerCD(action="show", book="p")))
    assert "居民说没解决" in problems
    assert request.number in problems


async def test_nobody_answers_three_times(office: Office) -> None:
    await ringing(office)
    for tries in (1, 2, 3):
        office.house.frame.clock.follow(tries * 86400)
        assert "待回访" in said(await office.write("/ledger"))
        answer = said(await office.tap(await card(office), "没打通"))
        assert f"{tries}次" in answer
        assert ("明天" in answer) is (tries < 3)
    assert "没有要回访的" in said(await office.write("/callback"))
    assert "联系不上" in said(await office.write("/ledger"))


async def test_an_old_button_of_a_call_says_how_it_ended(office: Office) -> None:
    request = await ringing(office)
    shown = await card(office)
    await office.house.run(ConfirmSolved, RESIDENT, request.id)
    for word in ("没解决", "没打通", "解决了"):
        assert "居民自己回了话" in said(await office.tap(shown, word))
    assert await status(office, request) is RequestStatus.CONFIRMED


async def test_reopened_for_the_same_hands(office: Office) -> None:
    request = await done(office)
    await office.house.run(ReportUnsolved, RESIDENT, request.id, "还是不行")
    asked = await office.house.sent(ADMIN)
    await office.house.sent()
    await office.tap(asked, "请原来的再去")
    assert (await office.house.request(request.id)).organisation_id == office.house.organisations[0].id
    told = await office.house.words(LEAD)
    assert "另外安排人去" not in told


async def late(office: Office) -> int:
    """A problem about the first organisation."""
    request = await office.house.request((await done(office)).id)
    raised = await office.house.run(RaiseProblem, None, request, ProblemKind.LATE)
    await office.house.sent()
    return int(raised.id)


async def test_a_problem_is_put_right_and_checked(office: Office) -> None:
    number = await late(office)
    shown = await office.press(ProblemCD(action="show", id=number))
    assert "超过了答应的时间" in said(shown)
    who = await office.tap(shown, "要整改")
    await office.tap(who, "由组织整改")
    days = await office.write("上门说明为什么晚了")
    await office.house.sent()
    assert "已记进整改台账" in said(await office.tap(days, "3天"))
    asked = await office.house.sent(LEAD)
    assert "上门说明为什么晚了" in said(asked)
    assert "超过了答应的时间" in said(asked)
    assert "上门说明为什么晚了" in await office.house.words(GROUP)
    await office.press(next(d for m in asked for w, d in buttons(m).items() if "整改好了" in w), LEAD)
    await office.house.sent()
    await office.house.write(LEAD, "已经上门道歉")
    check = await office.house.sent(ADMIN)
    assert "已经上门道歉" in said(check)
    looked = await office.tap(check, "看这件整改")
    await office.tap(looked, "还不行")
    await office.write("居民说没人来过")
    again = await office.house.sent(LEAD)
    assert "居民说没人来过" in said(again)
    await office.press(next(d for m in again for w, d in buttons(m).items() if "整改好了" in w), LEAD)
    await office.house.sent()
    await office.house.write(LEAD, photo=[{"file_id": "p1", "file_unique_id": "u", "width": 9, "height": 9}])
    looked = await office.tap(await office.house.sent(ADMIN), "看这件整改")
    assert "p1" in [m.get("photo") for m in looked]
    assert "复查合格" in said(await office.tap(looked, "复查合格"))
    assert "了结" in said(await office.press(ProblemCD(action="show", id=number)))


async def test_own_work_is_checked_by_a_colleague(office: Office) -> None:
    number = await late(office)
    who = await office.tap(await office.press(ProblemCD(action="show", id=number)), "要整改")
    await office.tap(who, "我来整改")
    opened = await office.tap(await office.write("我去看看"), "1天")
    await office.tap(opened, "整改好了")
    reported = await office.write("去过了")
    assert "另一位社工" in said(reported)
    assert "另一位社工" in said(await office.tap(reported, "复查合格"))
    assert "了结：" not in said(await office.press(ProblemCD(action="show", id=number)))


async def test_a_problem_may_be_over_with_words_alone(office: Office) -> None:
    number = await late(office)
    await office.tap(await office.press(ProblemCD(action="show", id=number)), "就此了结")
    assert "当天下大雪" in said(await office.write("当天下大雪，居民理解"))
    again = await office.press(ProblemCD(action="close", id=number))
    assert "已经了结" in said(again)


async def test_a_complaint_is_entered_by_hand(office: Office) -> None:
    request = await done(office)
    assert "/problem 7" in said(await office.write("/problem"))
    entered = said(await office.write(f"/problem {request.number} 来电说态度不好"))
    assert "居民投诉" in entered
    again = said(await office.write(f"/problem {request.number} 又来电"))
    assert "先处理那一条" in again
    shown = said(await office.press(TriageCD(action="show", id=request.id)))
    assert "居民投诉" in shown


async def test_the_ledgers_are_filtered_and_turned(office: Office) -> None:
    await late(office)
    for _ in range(9):
        await office.house.file()
    await office.house.sent()
    needs = await office.write("/ledger")
    assert "共 10 件" in said(needs)
    assert "还没人接 9" in said(needs)
    assert "📕" not in said(needs)
    second = await office.tap(needs, "下一页")
    assert said(second).count("上门理发") == 2
    assert "📕 超过了答应的时间" in said(second)
    states = await office.tap(needs, "全部情况")
    only = await office.tap(states, "等居民确认")
    assert "共 1 件" in said(only)
    orgs = await office.tap(only, "全部组织")
    assert "没有符合" in said(await office.tap(orgs, "银发"))
    kinds = await office.tap(needs, "全部类别")
    assert "没有符合" in said(await office.tap(kinds, "业有所就"))
    problems = await office.tap(needs, "问题台账")
    assert "共 1 件" in said(problems)
    assert "整改台账" in said(await office.tap(problems, "整改台账"))


async def test_a_ledger_becomes_a_sheet_to_print(office: Office) -> None:
    await late(office)
    await office.house.file()
    await office.house.sent()
    for book, words in (("n", "需求台账"), ("p", "问题台账"), ("r", "整改台账")):
        asked = await office.press(LedgerCD(action="xlsx", book=book))
        assert words in said(asked)
        delivery = await office.deferred(next(m for m in asked if m.get("method") == "Deferred"))
        assert delivery.method == "SendDocument"
        assert delivery.file
        sheet = load_workbook(io.BytesIO(delivery.file[2])).active
        assert sheet
        assert str(sheet["A1"].value).endswith(words)
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        assert sheet.print_title_rows in ("3:3", "$3:$3")
        values = [[c.value for c in row] for row in sheet.iter_rows()]
        assert values[-2][0] == "合计"
        entries = {"n": 2, "p": 1, "r": 0}[book]
        assert len(values) == 3 + entries + 2
        assert str(values[-2][1]).startswith(f"{entries}件")
        assert "签字" in str(values[-1][0])


async def test_the_morning_and_the_weekly_lot(office: Office) -> None:
    request = await done(office)
    await office.house.run(ConfirmSolved, RESIDENT, request.id)
    await office.house.sent()
    await scheduled(office, ScheduleKind.WEEKLY_SAMPLE)
    assert "抽了1件" in await office.house.words(ADMIN)
    await scheduled(office, ScheduleKind.MORNING_ROUND)
    assert "要回访1位" in await office.house.words(ADMIN)
    assert await office.tap(await office.write("/callback"), "理发")


async def scheduled(office: Office, kind: ScheduleKind) -> None:
    """What the program does when its moment has come."""
    house = office.house
    async with house.db.transaction(house.community_id) as uow:
        context = house.frame.context(uow)
        await RECURRING[kind](context, Schedule(kind, 0, context.now))
        planned = await uow.schedules.claim_due(context.now + timedelta(days=8))
        assert planned
        assert planned.due_at > context.now
        await tell(context)
        await uow.commit()


def test_calls_have_short_buttons() -> None:
    longest = LedgerCD(
        action="month",
        book="p",
        month=202611,
        state="closed",
        kind="reopened",
        org=10**10,
        place=99,
        page=999,
    )
    assert len(longest.pack().encode()) <= 64
    assert len(CallCD(action="unsolved", id=2**63 - 1).pack().encode()) <= 64


async def test_an_organisations_card_shows_the_three_rates(office: Office) -> None:
    request = await done(office)
    name = office.house.organisations[0].name
    shown = said(await office.write(f"/org {name}"))
    for line in ("响应率：100%（1/1）", "解决率：0%（0/1）", "满意率：—（0/0）"):
        assert line in shown.replace("<b>", "").replace("</b>", ""), line
    await office.house.run(ConfirmSolved, RESIDENT, request.id)
    assert "1/1" in said(await office.write(f"/org {name}")).split("解决率")[1][:20]
