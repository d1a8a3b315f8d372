"""Workers merge what is one and take it apart again; joint needs in chat, from suggestion to last step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.jobs import Jobs
from casework.entities import Address, Details, Person, Request
from casework.promises.schedules import ScheduleKind
from casework.statuses import RequestStatus
from casework.use_cases.filing import Draft, FileEmergency, FileRequests
from casework.use_cases.joint import AcceptJointNeed, SetMilestones
from casework.use_cases.leads import AcceptOffer
from casework.use_cases.workers import AssignRequest
from handlers.kit.callbacks import WorkCD
from storage.database import Database
from tests.bot.admin_house import Office, open_office, said, status
from tests.bot.lead_house import ADMIN, COLLEAGUE, LEAD, RESIDENT, STRANGER, buttons

GATE = Details(Address("阳光花园", place="西门口"), "13812345678")
LAMP = Draft("saf_lighting", "西门口的路灯不亮，打13812345678", "西门口的路灯不亮，打***", GATE)
AGAIN = Draft("saf_lighting", "西门口路灯坏了", "西门口路灯坏了", replace(GATE, phone="13900001111"))


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


async def able(office: Office) -> None:
    house = office.house
    async with house.db.transaction(house.community_id) as uow:
        first = house.organisations[0]
        await uow.organisations.save(replace(first, items=first.items | {"saf_lighting"}))
        await uow.commit()


async def two(office: Office, *, sure: bool = True) -> tuple[Request, Request]:
    await able(office)
    (first,) = await office.house.run(FileRequests, RESIDENT, [LAMP])
    await office.house.sent()
    (second,) = await office.house.run(FileRequests, STRANGER, [replace(AGAIN, confident=sure)])
    return first, second


async def test_workers_hear_of_two_that_look_alike_and_merge_them(office: Office) -> None:
    first, second = await two(office)
    news = await office.house.sent(ADMIN)
    assert "看着像同一件事" in said(news)
    assert first.number in said(news)
    assert "13812345678" not in said(news)
    assert "**" not in said(news)
    preview = await office.tap(news, "并到")
    assert "不再派人" in said(preview)
    shown = await office.tap(preview, "确定合并")
    assert f"并到 <code>{first.number}</code> 了" in said(shown)
    assert await status(office, second) is RequestStatus.MERGED
    rows = await office.house.sent()
    to = {r["chat_id"]: str(r.get("text")) for r in rows}
    assert "是同一件事，社工并在一起办了" in to[STRANGER]
    assert "这一件不用去了" in to[LEAD]
    assert RESIDENT not in to


async def test_the_triage_card_suggests_it(office: Office) -> None:
    first, _ = await two(office, sure=False)
    (card,) = [m for m in await office.house.sent(ADMIN) if "请您看一下" in str(m.get("text"))]
    assert "可能是同一件事" in said([card])
    assert any(first.number in words for words in buttons(card))


async def test_it_stands_on_the_card_until_a_worker_says_no(office: Office) -> None:
    first, second = await two(office)
    await office.house.sent()
    card = await office.write(f"/request {second.number}")
    assert "可能是同一件事" in said(card)
    answer = await office.tap(card, f"和 {first.number} 不是一回事")
    assert "不是一回事" in said(answer)
    assert "可能是同一件事" not in said(await office.write(f"/request {second.number}"))


async def test_by_command_and_back(office: Office) -> None:
    first, second = await two(office)
    await office.house.sent()
    preview = await office.write(f"/merge {second.number} {first.number}")
    await office.tap(preview, "确定合并")
    card = await office.write(f"/request {second.number}")
    assert f"并到了 <code>{first.number}</code>" in said(card)
    assert second.number in said(await office.write(f"/request {first.number}"))
    await office.house.sent()
    sure = await office.tap(card, "拿出来单独办")
    assert "单独办理了" in said(await office.tap(sure, "确定"))
    assert await status(office, second) is RequestStatus.OFFERED
    news = await office.house.sent(STRANGER)
    assert len(news) == 1
    assert "单独办理了" in said(news)
    again = await office.write(f"/unmerge {second.number}")
    assert "没有并到别的事里" in said(again)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/merge", "两个编号"),
        ("/merge 1", "两个编号"),
        ("/merge x y", "编号"),
        ("/merge {a} {a}", "同一个编号"),
        ("/unmerge", "并走的"),
        ("/unmerge {a}", "没有并到"),
    ],
)
async def test_what_was_mistyped(office: Office, typed: str, answer: str) -> None:
    first, _ = await two(office)
    await office.house.sent()
    assert answer in said(await office.write(typed.format(a=first.number)))


async def test_an_old_yes_merges_nothing(office: Office) -> None:
    first, second = await two(office)
    await office.house.sent()
    preview = await office.write(f"/merge {second.number} {first.number}")
    await office.write("/late")
    await office.tap(preview, "确定合并")
    assert await status(office, second) is RequestStatus.OFFERED


async def test_an_urgent_one_is_merged_only_after_a_warning(office: Office) -> None:
    await able(office)
    first = await office.house.run(FileEmergency, RESIDENT, "saf_fire", "冒烟", "冒烟", GATE, ("119",))
    await office.house.sent()
    fire = ("saf_fire", "着火了", "着火了", GATE, ("119",))
    second = await office.house.run(FileEmergency, STRANGER, *fire)
    assert await status(office, second) is RequestStatus.OFFERED
    news = [m for m in await office.house.sent(ADMIN) if "可能是同一处险情" in str(m.get("text"))]
    assert len(news) == 1
    assert not any("并到" in words for words in buttons(news[0]))
    preview = await office.write(f"/merge {second.number} {first.number}")
    assert "这是紧急求助" in said(preview)
    await office.tap(preview, "确定合并")
    assert await status(office, second) is RequestStatus.MERGED
    assert "请马上再打 120、119" in await office.house.words(STRANGER)
    (calm,) = await office.house.run(FileRequests, RESIDENT, [LAMP])
    await office.house.sent()
    assert "只能并到另一件紧急求助" in said(await office.write(f"/merge {first.number} {calm.number}"))


async def many(office: Office, item: str = "eld_haircut") -> list[dict[str, Any]]:
    """Five residents want the same; returns what the worker hears last."""
    house = office.house
    async with house.db.transaction(house.community_id) as uow:
        for who in range(701, 706):
            await uow.people.save(
                Person(who, house.community_id, f"居民{who}", who, consented_at=house.frame.clock.now())
            )
        await uow.commit()
    for n, who in enumerate(range(701, 706), start=1):
        at = Details(Address("阳光花园", str(n), "1", "101"), "13812345678", "明天", "", "妈妈")
        draft = Draft(item, f"给我妈理发，{n}号楼101，13812345678", "给我妈理发", at)
        await house.run(FileRequests, who, [draft])
    return [m for m in await house.sent(ADMIN) if "5 位居民想要" in str(m.get("text"))]


async def test_a_joint_need_is_suggested_with_summaries_and_dismissed(office: Office) -> None:
    news = await many(office)
    assert len(news) == 1
    assert said(news).count("给我妈理发") == 5
    assert "13812345678" not in said(news)
    assert "101" not in said(news)
    assert "5 位居民" in said(await office.write("/joint"))
    assert "不立项" in said(await office.tap(news, "不用立项"))
    assert "没有可以立项的事" in said(await office.write("/joint"))
    assert "已经有人定过了" in said(await office.tap(news, "立项"))


async def test_from_suggestion_to_the_last_step(office: Office) -> None:
    house = office.house
    how = await office.tap(await many(office), "立项")
    await house.sent()
    done = await office.sure(await office.tap(how, "没办的并进来"))
    assert "立项了" in said(done)
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        joint = await uow.joint_needs.latest("eld_haircut", "阳光花园")
    assert joint is not None
    assert joint.request_id is not None
    request = await house.request(joint.request_id)
    rows = await house.sent()
    told = [r["chat_id"] for r in rows if "社区立成了一个小项目" in str(r.get("text"))]
    assert told == list(range(701, 706))
    await house.run(AssignRequest, ADMIN, request.id, house.organisations[0].id)
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.sent()

    await house.press(LEAD, WorkCD(action="show", id=request.id))
    (card,) = await house.sent(LEAD)
    assert "📁 项目步骤" in buttons(card)
    await house.press(LEAD, buttons(card)["📁 项目步骤"])
    (plan,) = await house.sent(LEAD)
    await house.press(LEAD, buttons(plan)["写步骤"])
    await house.write(LEAD, "12月1日 上门摸底\n12月8日 集中理发")
    rows = await house.sent()
    (steps,) = [r for r in rows if r["chat_id"] == LEAD and "记下了" in str(r.get("text"))]
    assert {r["chat_id"] for r in rows if "打算这样办" in str(r.get("text"))} >= set(range(701, 706))
    tick = next(data for words, data in buttons(steps).items() if "1. 上门摸底" in words)
    await house.press(LEAD, tick)
    await house.sent()
    await house.write(LEAD, "五位老人都摸到了")
    rows = await house.sent()
    told = [str(r.get("text")) for r in rows if r["chat_id"] == 703]
    assert len(told) == 1
    assert "上门摸底" in told[0]
    assert "五位老人都摸到了" in told[0]
    assert "✅ 1. 上门摸底" in said([r for r in rows if r["chat_id"] == LEAD])
    assert "1/2 步" in said(await office.write("/joint"))
    # A second tick of the same old button brings no second news.
    await house.press(COLLEAGUE, tick)
    assert "已经改了" in said(await house.sent(COLLEAGUE))
    assert await house.sent(703) == []


async def test_the_morning_look_reminds_the_lead_and_comes_again(office: Office) -> None:
    house = office.house
    await many(office)
    async with house.db.transaction(house.community_id) as uow:
        joint = await uow.joint_needs.latest("eld_haircut", "阳光花园")
        await uow.commit()
    assert joint is not None
    request = await house.run(AcceptJointNeed, ADMIN, joint.id, "集中理发", merge=True)
    await house.run(AssignRequest, ADMIN, request.id, house.organisations[0].id)
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    now = house.frame.clock.now()
    await house.run(SetMilestones, LEAD, request.id, [("摸底", now), ("理发", None)])
    await house.sent()
    async with house.db.transaction(house.community_id) as uow:
        await uow.schedules.plan(ScheduleKind.LOOK_FOR_JOINT_NEEDS, now)
        await uow.commit()
    jobs = Jobs(house.db, house.frame, lambda: None)
    while await jobs.scheduled_step():
        pass
    assert "摸底" in await house.words(LEAD)
    async with house.db.transaction(house.community_id) as uow:
        assert await uow.schedules.claim_due(now) is None
        again = await uow.schedules.claim_due(now + timedelta(days=1, minutes=1))
    assert again is not None
    assert again.kind is ScheduleKind.LOOK_FOR_JOINT_NEEDS
