"""Judging organisations in chat: a round from opening to results, the register, spot checks, the notice."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.judging.register import Verdict
from casework.promises.schedules import ScheduleKind
from casework.statuses import Standing
from casework.use_cases.disclosure import month_before
from casework.use_cases.experts import InviteExpert
from casework.use_cases.residents import ConfirmSolved, RateRequest
from handlers.kit.callbacks import AnswerCD, AppealCD, EvaluationCD, ListingCD, NoticeCD, ScoreCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.judging_house import (
    all_rows,
    chats,
    happens,
    open_ahead,
    running_month,
    score,
    standing,
    tap,
    text,
)
from tests.bot.lead_house import ADMIN, LEAD, OTHER_LEAD, RESIDENT, STRANGER, buttons
from tests.bot.whole_house import NEIGHBOUR, Town


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    return await open_ahead(db, second_connection, reader)


async def test_a_round_from_opening_to_results(town: Town) -> None:
    await town.confirmed()
    first, second = (o.id for o in town.house.organisations[:2])
    await town.house.sent()

    # An expert comes by a link that works once.
    named = await chats(town, ADMIN, EvaluationCD(action="expert"))
    assert "专家的姓名" in text(named)
    link = text(await chats(town, ADMIN, "周老师"))
    token = link.split("start=", 1)[1].split()[0]
    assert "周老师" in text(await chats(town, STRANGER, f"/start {token}"))
    await town.house.write(NEIGHBOUR, f"/start {token}")
    assert "评价专家" not in text(await town.house.sent(NEIGHBOUR))

    # The worker opens a round; the expert and a resident who never rated are asked.
    sure = await tap(town, ADMIN, await chats(town, ADMIN, "/evaluate 冬季评价"), "开始")
    assert "冬季评价" in text(sure)
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        opened = await uow.evaluations.current()
    assert opened
    assert opened.title == "冬季评价"
    rows = await all_rows(town)
    assert "请您给各家组织打分" in rows[STRANGER]
    assert "您觉得怎么样" in rows[RESIDENT]
    assert NEIGHBOUR not in rows or "您觉得怎么样" not in rows[NEIGHBOUR]

    # Forms: every question is asked, nothing counts before the last answer.
    assert "第 1 题，共 4 题" in text(await chats(town, STRANGER, ScoreCD(action="form", id=first, value="")))
    assert "记好了" in await score(town, STRANGER, first, "5554")
    assert "记好了" in await score(town, ADMIN, first, "4445")
    assert "记好了" in await score(town, ADMIN, second, "1111")
    assert "记好了" in await score(town, STRANGER, second, "1121")
    answer = AnswerCD(round=opened.id, id=first, score=5)
    assert "很好" in text(await chats(town, RESIDENT, answer))
    # Who was not asked has no voice.
    assert "已经结束" in text(await chats(town, NEIGHBOUR, answer))

    # One resident is too few to be counted: workers 85, experts 95, weights 4 : 3.
    await chats(town, ADMIN, EvaluationCD(action="close_yes"))
    told = await all_rows(town)
    assert "89.3" in told[ADMIN]
    assert "第 1 名（共 2 家）" in told[LEAD]
    assert "居民：只有 1 份" in told[LEAD]
    assert "等级：<b>差</b>" in told[OTHER_LEAD]

    # From the next day the grade counts.
    assert await standing(town) is Standing.NORMAL
    morning = await happens(town, ScheduleKind.DAILY_STANDINGS, days=1)
    assert await standing(town) is Standing.RED
    assert await standing(town, 1) is Standing.WATCH
    assert "派单次序变了" in morning[ADMIN]
    assert "派单优先考虑" in morning[LEAD]
    assert await happens(town, ScheduleKind.DAILY_STANDINGS) == {}


async def test_a_round_that_stays_open_is_asked_about(town: Town) -> None:
    token = await _token(town)
    await chats(town, STRANGER, f"/start expert_{token}")
    await chats(town, ADMIN, "/evaluate 冬季评价")
    await chats(town, ADMIN, EvaluationCD(action="open_yes"))
    assert "已经开了" not in (await happens(town, ScheduleKind.WEEKLY_SPOT_CHECKS, days=7))[ADMIN]
    told = await happens(town, ScheduleKind.WEEKLY_SPOT_CHECKS, days=7)
    assert "已经开了 14 天，还有 1 位专家没打完" in told[ADMIN]
    assert "还等着您打分" in told[STRANGER]
    for organisation in town.house.organisations:
        await score(town, STRANGER, organisation.id, "4444")
    told = await happens(town, ScheduleKind.WEEKLY_SPOT_CHECKS, days=7)
    assert "还有 0 位专家" in told[ADMIN]
    assert STRANGER not in told


async def _token(town: Town) -> str:
    token, _ = await town.house.run(InviteExpert, ADMIN, "周老师")
    return str(token)


async def test_stars_given_while_a_round_is_open_are_a_form(town: Town) -> None:
    await town.done()
    assert town.request
    await chats(town, ADMIN, "/evaluate 冬季评价")
    await chats(town, ADMIN, EvaluationCD(action="open_yes"))
    await town.house.run(ConfirmSolved, RESIDENT, town.request.id)
    await town.house.run(RateRequest, RESIDENT, town.request.id, 2)
    await town.house.run(RateRequest, RESIDENT, town.request.id, 4)
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        opened = await uow.evaluations.current()
        assert opened
        forms = [(f.person_id, dict(f.scores)) for f in await uow.evaluations.forms(opened.id)]
    assert forms == [(RESIDENT, {"stars": 4})]


async def test_black_list_with_an_answer(town: Town) -> None:
    await town.filed()
    first = town.house.organisations[0]
    await chats(town, ADMIN, ListingCD(action="enter", id=first.id, value="black"))
    kept = await chats(town, ADMIN, "两次爽约，还乱收费")
    assert "已列入黑榜" in text(kept)
    told = await all_rows(town)
    assert "两次爽约" in told[LEAD]
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        [listing] = await uow.register.listed()

    # Before its answer was weighed it is a warning only; a worker cannot cut the term short.
    await happens(town, ScheduleKind.DAILY_STANDINGS, days=1)
    assert await standing(town) is Standing.WATCH
    await chats(town, ADMIN, ListingCD(action="uphold", id=listing.id))
    assert "还没说明" in str(town.house.answers[-1].get("text"))

    assert "请写您的说明" in text(await chats(town, LEAD, AppealCD(action="answer", id=listing.id)))
    assert "交给社工了" in text(await chats(town, LEAD, "师傅病了，已经道歉"))
    assert "师傅病了" in (await all_rows(town))[ADMIN]
    # Another organisation's lead has nothing to say to it.
    gone = await chats(town, OTHER_LEAD, AppealCD(action="answer", id=listing.id))
    assert "不在名录" in text(gone)

    # The answer stops the term: not black by itself, only when the worker stands by it.
    await happens(town, ScheduleKind.DAILY_STANDINGS, days=10)
    assert await standing(town) is Standing.WATCH
    await chats(town, ADMIN, ListingCD(action="uphold", id=listing.id))
    await happens(town, ScheduleKind.DAILY_STANDINGS, days=1)
    assert await standing(town) is Standing.BLACK

    # Off the list with a reason; the entry stays to be read.
    await chats(town, ADMIN, ListingCD(action="remove", id=listing.id))
    assert "移出的理由：整改好了" in text(await chats(town, ADMIN, "整改好了"))
    told = await happens(town, ScheduleKind.DAILY_STANDINGS, days=1)
    assert await standing(town) is Standing.NORMAL
    assert "恢复平常" in told[LEAD]
    assert "两次爽约" in text(await chats(town, ADMIN, ListingCD(action="org", id=first.id)))


async def test_silence_makes_a_black_listing_count(town: Town) -> None:
    await town.filed()
    await chats(town, ADMIN, ListingCD(action="enter", id=town.house.organisations[0].id, value="black"))
    await chats(town, ADMIN, "乱收费")
    await happens(town, ScheduleKind.DAILY_STANDINGS, days=8)
    assert await standing(town) is Standing.BLACK


async def test_the_dormant_are_found_listed_and_wake_up(town: Town) -> None:
    await happens(town, ScheduleKind.DAILY_STANDINGS)
    told = await happens(town, ScheduleKind.DAILY_STANDINGS, days=181)
    assert "180 天没有动静" in told[ADMIN]
    listed = await chats(town, ADMIN, ListingCD(action="list", value="dormant"))
    assert town.house.organisations[1].name in text(listed)
    # Found once, not each day anew.
    assert ADMIN not in await happens(town, ScheduleKind.DAILY_STANDINGS, days=1)
    await town.accepted()
    await town.house.sent()
    await happens(town, ScheduleKind.DAILY_STANDINGS)
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        presences = await uow.register.presences()
    asleep = {i for i, presence in presences.items() if presence.dormant_since}
    assert asleep == {o.id for o in town.house.organisations[1:]}
    assert len(await _organisations(town)) == 3


async def _organisations(town: Town) -> list[Any]:
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        return await uow.organisations.all(active_only=True)


async def test_spot_checks_are_drawn_recorded_and_told(town: Town) -> None:
    told = await happens(town, ScheduleKind.WEEKLY_SPOT_CHECKS)
    assert "本周抽查抽到" in told[ADMIN]
    assert await happens(town, ScheduleKind.WEEKLY_SPOT_CHECKS) == {}
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        checks = await uow.register.checks(open_only=True)
    assert len(checks) == 2
    check = checks[0]
    await chats(town, ADMIN, ListingCD(action="verdict", id=check.id, value="serious"))
    assert "记下了：有大问题" in text(await chats(town, ADMIN, "门锁着，没人接电话"))
    lead = LEAD if check.organisation_id == town.house.organisations[0].id else OTHER_LEAD
    assert "门锁着" in (await all_rows(town))[lead]
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        kept = await uow.register.check(check.id)
    assert kept
    assert (kept.verdict, kept.by, kept.words) == (Verdict.SERIOUS, ADMIN, "门锁着，没人接电话")
    # Next week the one that has rested is drawn; the other one fills up, and one check is still open.
    told = await happens(town, ScheduleKind.WEEKLY_SPOT_CHECKS, days=7)
    drawn_again = next(o for o in town.house.organisations if o.id not in {c.organisation_id for c in checks})
    assert drawn_again.name.replace("<b>", "&lt;b&gt;").replace("&队", "&amp;队") in told[ADMIN]
    assert "还有 1 家没查" in told[ADMIN]


async def test_the_notice_is_drafted_published_and_read(town: Town) -> None:
    await town.filed()
    assert "还没有发布过" in text(await chats(town, NEIGHBOUR, "/notice"))
    assert "还没有发布过" in text(await chats(town, NEIGHBOUR, "看公示！"))
    assert "还没有发布过" not in text(await chats(town, NEIGHBOUR, "公示栏坏了，没人修"))
    assert "2000元" in text(await chats(town, ADMIN, "/donation 丰和超市 2000元 助老餐"))
    wrong = await chats(town, ADMIN, "/donation 李大爷 一袋米 食堂")
    asked = await tap(town, ADMIN, wrong, "撤回")
    drop = next(data for row in asked for words, data in buttons(row).items() if words == "确定")
    assert "已撤回" in (await town.press("admin", drop, message=78)).here
    assert "没找到这个服务项目" in text(await chats(town, ADMIN, "/price 银发理发站 造火箭 10元一次"))
    assert "没找到这家组织" in text(await chats(town, ADMIN, "/price 不存在 上门理发 10元一次"))
    assert "记下了" in text(await chats(town, ADMIN, "/price 银发理发站 上门理发 10元一次"))
    # A new price takes the place of the old one.
    assert "记下了" in text(await chats(town, ADMIN, "/price 银发理发站 上门理发 12元一次"))
    running = text(await chats(town, ADMIN, "/publish " + running_month(town)))
    assert "还没过完" in running

    told = await happens(town, ScheduleKind.MONTHLY_NOTICE, days=31)
    assert "公示可以看了" in told[ADMIN]
    month = month_before(town.house.frame.clock.now(), town.house.frame.community)
    draft = await chats(town, ADMIN, f"/publish {month}")
    assert "草稿" in text(draft)
    assert "丰和超市" in text(draft)
    assert "李大爷" not in text(draft)
    assert "12元一次" in text(draft)
    assert "10元一次" not in text(draft)
    assert "响应率" in text(draft)
    sure = await tap(town, ADMIN, draft, "发布")
    assert "发布了" in text(await tap(town, ADMIN, sure, "发布"))
    read = await chats(town, NEIGHBOUR, "/notice")
    assert "丰和超市" in text(read)
    [picture] = [row for row in read if row["method"] == "Deferred"]
    assert picture["kind"] == "notice_picture"
    # What is published stands, whatever happens later.
    async with town.house.db.transaction(town.house.community_id) as uow:
        for donation in await uow.disclosures.donations(*_ever()):
            await uow.disclosures.withdraw_donation(donation.id, town.house.frame.clock.now())
        await uow.commit()
    pressed = NoticeCD(action="read", value=month.replace("-", ""))
    assert "丰和超市" in text(await chats(town, NEIGHBOUR, pressed))


def _month(town: Town) -> str:
    return town.house.frame.clock.now().strftime("%Y-%m")


def _ever() -> tuple[Any, Any]:
    from datetime import UTC, datetime

    return datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
