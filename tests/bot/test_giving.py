"""Giving out to several, through all of it: what workers press, what leads and residents read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.schedules import settle_meeting
from bot.telling import tell
from casework.policy import Mode
from casework.promises.schedules import Schedule, ScheduleKind
from casework.statuses import RequestStatus, Standing
from casework.use_cases.leads import AcceptOffer, DeclineOffer
from storage.database import Database
from tests.bot.admin_house import Office, open_office, said, status
from tests.bot.lead_house import ADMIN, LEAD, OTHER_LEAD, PHONE, RESIDENT, ROOM, buttons


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


def give_out(office: Office, mode: Mode) -> None:
    frame = office.house.frame
    policy = replace(frame.community.policy, modes={"eld_haircut": mode})
    frame.community = replace(frame.community, policy=policy)


async def read(office: Office, who: int) -> list[dict[str, Any]]:
    return await office.house.sent(who)


async def tap(office: Office, who: int, messages: list[dict[str, Any]], word: str) -> str:
    """Press a button as somebody; returns what they read then."""
    every = {words: data for message in messages for words, data in buttons(message).items()}
    return said(await office.press(next(d for words, d in every.items() if word in words), who))


async def unclaimed(office: Office) -> Any:
    """A request that both haircutters have declined."""
    request = await office.house.file()
    for who in (LEAD, OTHER_LEAD):
        await office.house.run(DeclineOffer, who, (await office.house.offer(request)).id, "hands")
    await office.house.sent()
    return request


async def test_a_pool_asks_all_and_tells_the_resident_once(office: Office) -> None:
    give_out(office, Mode.POOL)
    request = await office.house.file()
    card = said(await read(office, RESIDENT))
    assert "同时问了 2 家组织，哪家先接就归哪家办" in card
    first, second = await read(office, LEAD), await read(office, OTHER_LEAD)
    for messages in (first, second):
        assert "点单认领" in said(messages)
        assert PHONE not in said(messages)
        assert ROOM not in said(messages)
    assert PHONE in await tap(office, OTHER_LEAD, second, "接单")
    assert "已经有别家接了" in said(await read(office, LEAD))
    assert "银发理发站" in said(await read(office, RESIDENT))
    assert "别家快了一步" in await tap(office, LEAD, first, "接单")
    assert await status(office, request) is RequestStatus.ACCEPTED
    why = said(await office.write(f"/why {request.number}"))
    assert "点单认领：合适的都问" in why


async def test_a_worker_makes_a_pool_by_command_and_by_button(office: Office) -> None:
    request = await office.house.file()
    await office.house.sent()
    asked = await office.write(f"/pool {request.number}")
    assert "同时问 2 家" in said(asked)
    assert "都问了" in said(await office.tap(asked, "就这么问"))
    assert "点单认领" in said(await read(office, OTHER_LEAD))
    suggested = await office.write(f"/assign {request.number}")
    assert "同时问" in said(await office.tap(suggested, "点单认领"))


async def test_a_team_from_picking_to_done(office: Office) -> None:
    request = await office.house.file()
    await office.house.sent()
    listed = await office.tap(await office.write(f"/assign {request.number}"), "组团")
    listed = await office.tap(listed, "银发理发站")
    listed = await office.tap(listed, "巧手")
    assert "牵头：银发理发站" in "".join(buttons(listed[-1]))
    shown = await office.tap(listed, "就这 2 家")
    assert "一起办的" in said(shown)
    helper, lead = await read(office, LEAD), await read(office, OTHER_LEAD)
    assert "银发理发站</b> 牵头" in said(helper)
    assert PHONE not in said(helper)
    await tap(office, OTHER_LEAD, lead, "接单")
    await office.house.sent()
    answered = await office.press(buttons_of(helper, "来"), LEAD)
    assert "说好了" in said(answered)
    assert PHONE in said(answered)
    assert "来一起办" in said(await read(office, OTHER_LEAD))
    assert "也一起来办" in said(await read(office, RESIDENT))
    task = await office.write(f"/task {request.number}", OTHER_LEAD)
    assert "（在办）" in said(task)
    assert "还有一起办的组织没办完" in await tap(office, OTHER_LEAD, task, "完成")
    parts = await office.write("/tasks", LEAD)
    opened = await office.press(buttons_of(parts, "👥"), LEAD)
    assert "记下了" in said(await office.press(buttons_of(opened, "我们这部分好了"), LEAD))
    assert "把自己那部分办好了" in said(await read(office, OTHER_LEAD))
    task = await office.write(f"/task {request.number}", OTHER_LEAD)
    assert "一共花了几小时" in await tap(office, OTHER_LEAD, task, "完成")


def buttons_of(messages: list[dict[str, Any]], word: str) -> str:
    return next(d for m in messages for w, d in buttons(m).items() if w == word or word in w)


async def test_a_team_by_names_with_tasks(office: Office) -> None:
    request = await office.house.file()
    await office.house.sent()
    assert "没有叫" in said(await office.write(f"/team {request.number} 没这家 银发"))
    assert "至少要两家" in said(await office.write(f"/team {request.number} 银发"))
    await office.write(f"/team {request.number} 银发 应急=搬椅子")
    asked = said(await read(office, OTHER_LEAD))
    assert "请你们做的：<b>搬椅子</b>" in asked
    card = await office.write(f"/request {request.number}")
    assert "搬椅子（还没答复）" in said(card)


async def test_whoever_leads_goes_on_without_a_helper(office: Office) -> None:
    request = await office.house.file()
    await office.house.sent()
    await office.write(f"/team {request.number} 银发 巧手")
    await office.house.run(AcceptOffer, OTHER_LEAD, (await office.house.offer(request)).id)
    await office.house.sent()
    task = await office.write(f"/task {request.number}", OTHER_LEAD)
    assert "（不等了）" in await tap(office, OTHER_LEAD, task, "不等")
    assert "不用办了" in said(await read(office, LEAD))


async def test_a_meeting_from_opening_to_the_draw(office: Office) -> None:
    give_out(office, Mode.MEETING)
    one, two = await office.house.file(), await office.house.file()
    assert "认领大会" in said(await read(office, RESIDENT))
    await office.house.sent()
    asked = await office.write("/meeting")
    assert one.number in said(asked)
    assert "开始了" in said(await office.tap(asked, "开 2 小时"))
    first, second = await read(office, LEAD), await read(office, OTHER_LEAD)
    lots = await office.press(buttons_of(first, "看看有哪些"), LEAD)
    assert "2 件，已勾 0 件" in said(lots)
    assert PHONE not in said(lots)
    assert ROOM not in said(lots)
    lots = await office.press(buttons_of(lots, "第 1 件"), LEAD)
    assert "已勾 1 件" in said(lots)
    lots = await office.press(buttons_of(lots, "第 1 件"), LEAD)
    assert "已勾 0 件" in said(lots)
    await office.press(buttons_of(lots, "第 1 件"), LEAD)
    await office.press(buttons_of(second, "看看有哪些"), OTHER_LEAD)
    assert "有人勾的 1 件" in said(await office.write("/meeting"))
    await office.house.sent()
    await close(office)
    assert "认领到 1 件" in said(await read(office, LEAD))
    told = said(await read(office, ADMIN))
    assert "认领出去 1 件，没人认领 1 件" in told
    assert two.number in told
    resident = said(await read(office, RESIDENT))
    assert "接单了" in resident
    assert "还没有组织认领" in resident
    assert await status(office, one) is RequestStatus.ACCEPTED
    assert await status(office, two) is RequestStatus.TRIAGE
    assert "认领大会上定的" in said(await office.write(f"/why {one.number}"))
    assert "已经结束" in said(await office.press(buttons_of(first, "看看有哪些"), LEAD))


async def close(office: Office) -> None:
    """The closing time comes."""
    house = office.house
    async with house.db.transaction(house.community_id) as uow:
        context = house.frame.context(uow)
        meeting = await uow.meetings.current()
        assert meeting
        schedule = Schedule(ScheduleKind.MEETING_CLOSES, meeting.id, meeting.closes_at)
        await settle_meeting(context, schedule)
        await tell(context)
        await uow.commit()


async def test_a_meeting_is_called_off(office: Office) -> None:
    give_out(office, Mode.MEETING)
    await office.house.file()
    await office.house.sent()
    opened = await office.tap(await office.write("/meeting"), "开 24 小时")
    sure = await office.tap(opened, "取消大会")
    assert "认领大会取消了" in said(await office.tap(sure, "确定"))
    assert "开多久" in said(await office.write("/meeting"))


async def test_the_backlog_is_shown_and_given_out(office: Office) -> None:
    assert "没有积压" in said(await office.write("/backlog"))
    await unclaimed(office)
    shown = await office.write("/backlog")
    assert "1 件没有能问的组织了" in said(shown)
    request = await office.house.file("aid_rescue")
    await office.house.run(DeclineOffer, OTHER_LEAD, (await office.house.offer(request)).id, "hands")
    async with office.house.db.transaction(office.house.community_id) as uow:
        third = office.house.organisations[2]
        await uow.organisations.save(replace(third, id=0, name="新应急队", emergency=False))
        await uow.commit()
    await office.house.sent()
    shown = await office.write("/backlog")
    assert "新应急队" in said(shown)
    assert "派出去 1 件，还剩 1 件" in said(await office.tap(shown, "就这么派"))
    assert await status(office, request) is RequestStatus.OFFERED
    assert "情况变了" in said(await office.tap(shown, "就这么派"))
    assert "积压的一起派" in said(await office.write(f"/why {request.number}"))


async def test_the_grade_changes_who_is_asked_and_why_says_so(office: Office) -> None:
    house = office.house
    async with house.db.transaction(house.community_id) as uow:
        for n, standing in enumerate((Standing.WATCH, Standing.RED)):
            organisation = await uow.organisations.get(house.organisations[n].id)
            assert organisation
            await uow.organisations.save(replace(organisation, standing=standing))
        await uow.commit()
    request = await house.file()
    assert (await house.offer(request)).organisation_id == house.organisations[1].id
    await house.sent()
    why = said(await office.write(f"/why {request.number}"))
    assert "上了红榜" in why
    assert "差在：正在被观察" in why
