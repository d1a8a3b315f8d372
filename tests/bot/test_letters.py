"""Weekly letters: on Monday morning, once, to leads about their own and to workers about all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import letters
from bot.charts import ChildCharts
from bot.jobs import Jobs
from bot.schedules import begin_schedules
from casework.books.letters import last_week
from casework.errors import NotAllowed
from casework.policy import QuietHours
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.leads import AcceptOffer, CompleteWork, WorkReport
from casework.use_cases.residents import CancelRequest, ConfirmSolved
from casework.use_cases.workers import AssignRequest
from storage.database import Database
from tests.bot.admin_house import Office, open_office, said
from tests.bot.lead_house import ADMIN, COLLEAGUE, LEAD, OTHER_LEAD, PHONE, RESIDENT, ROOM, buttons

WEEKLY = ScheduleKind.WEEKLY_LETTERS


@dataclass
class At:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    """A week with two requests for the first organisation, one of them confirmed; it is Monday, nine."""
    office = await open_office(db, second_connection)
    house = office.house
    done, other = await house.file(), await house.file()
    await house.run(AcceptOffer, LEAD, (await house.offer(done)).id)
    await house.run(CompleteWork, LEAD, done.id, WorkReport(1.5, 2, "剪好了"))
    await house.run(ConfirmSolved, RESIDENT, done.id)
    await house.run(AssignRequest, ADMIN, other.id, house.organisations[0].id)
    await house.sent()
    now, community = house.frame.clock.now(), house.frame.community
    monday = letters.RECURRING[WEEKLY].then(now, community)
    if last_week(monday, community).until <= now:
        monday += timedelta(days=7)
    _at(office, monday)
    return office


def _at(office: Office, moment: datetime) -> None:
    office.house.frame = replace(office.house.frame, clock=At(moment))  # type: ignore[arg-type]


async def monday(office: Office, subject: int = 0) -> tuple[list[dict[str, Any]], list[Schedule]]:
    """What is put into the outbox at the moment of letters, and what is planned then."""
    house = office.house
    async with house.db.transaction(house.community_id) as uow:
        context = house.frame.context(uow)
        await letters.RECURRING[WEEKLY](context, Schedule(WEEKLY, subject, context.now))
        planned = []
        while (found := await uow.schedules.claim_due(context.now + timedelta(days=30))) is not None:
            planned.append(found)
        await uow.commit()
    return await house.sent(), planned


async def test_leads_and_workers_get_one_letter_each(office: Office) -> None:
    rows, planned = await monday(office)
    assert sorted(r["chat_id"] for r in rows if r["organisation"] == 0) == [ADMIN]
    to_leads = {(r["chat_id"], r["organisation"]) for r in rows if r["organisation"]}
    first, second = (o.id for o in office.house.organisations[:2])
    assert to_leads >= {(LEAD, first), (COLLEAGUE, first), (OTHER_LEAD, second)}
    assert [(p.subject_id, p.due_at - office.house.frame.clock.now()) for p in planned] == [
        (0, timedelta(days=7))
    ]
    assert (await monday(office))[0] == [], "a week's letter goes out once"


async def test_the_letter_tells_a_lead_of_their_own_organisation(office: Office) -> None:
    rows, _ = await monday(office)
    delivery = await office.deferred(next(r for r in rows if r["chat_id"] == LEAD))
    caption = delivery.payload["caption"]
    assert delivery.method == "SendPhoto"
    assert "派给您们 <b>2</b> 件（前一周 0 件），居民确认解决 1 件" in caption
    assert "• 解决率：<b>100%</b>（1/1），前一周 —" in caption
    assert "服务时间一共 1.5 小时" in caption
    assert "还有 <b>1</b> 件没办完" in caption
    assert len(caption) < 1024
    chart = office.charts.drawn[-1]
    assert chart.figures[0] == ("2", "收到")
    assert sum(count for _, count in chart.days) == 2


async def test_the_numbers_of_a_letter_open_their_requests_without_door_and_phone(office: Office) -> None:
    rows, _ = await monday(office)
    delivery = await office.deferred(next(r for r in rows if r["chat_id"] == LEAD))
    press = buttons(delivery.payload)
    listed = await office.press(press["📋 全部 2"], LEAD)
    assert "一共 2 件" in said(listed)
    assert PHONE not in said(listed)
    assert ROOM not in said(listed)
    assert len([w for w in buttons(listed[0]) if w[:2] == "20"]) == 2
    sure = await office.press(press["已确认 1"], LEAD)
    assert "一共 1 件" in said(sure)
    # The button of a letter that was passed on opens nothing for the lead of another organisation.
    assert "一共" not in said(await office.press(press["📋 全部 2"], OTHER_LEAD))


async def test_workers_read_about_all(office: Office) -> None:
    rows, _ = await monday(office)
    delivery = await office.deferred(next(r for r in rows if r["organisation"] == 0))
    caption = delivery.payload["caption"]
    assert "每周来信 · 丰和社区" in caption
    assert "收到 <b>2</b> 件" in caption
    assert "老有所依 2" in caption
    assert len(caption) < 1024
    numbers = await office.press(buttons(delivery.payload)["📊 看数字和名单"])
    assert "收到 <b>2</b> 件" in said(numbers)


async def test_who_had_nothing_gets_a_few_words_without_a_picture(office: Office) -> None:
    rows, _ = await monday(office)
    delivery = await office.deferred(next(r for r in rows if r["chat_id"] == OTHER_LEAD))
    assert delivery.method == "SendMessage"
    assert "好好歇一歇" in delivery.payload["text"]
    assert office.charts.drawn == []


async def test_who_leads_many_hears_once_of_a_quiet_week(office: Office) -> None:
    house = office.house
    first, second, third = (o.id for o in house.organisations[:3])
    async with house.db.transaction(house.community_id) as uow:
        for organisation_id in (first, second, third):
            await uow.organisations.add_lead(organisation_id, OTHER_LEAD, house.frame.clock.now())
        await uow.commit()
    rows, _ = await monday(office)
    assert [r["organisation"] for r in rows if r["chat_id"] == OTHER_LEAD] == [first], "only what was busy"
    _at(office, house.frame.clock.now() + timedelta(days=70))
    await office.house.run(CancelRequest, RESIDENT, (await _open(office)).id)
    await house.sent()
    rows, _ = await monday(office)
    assert [r["organisation"] for r in rows if r["chat_id"] == OTHER_LEAD] == [first], "once of nothing"


async def _open(office: Office) -> Any:
    house = office.house
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        return (await uow.requests.of_resident(RESIDENT, open_only=True))[0]


async def test_who_wants_none_gets_none_until_they_do(office: Office) -> None:
    stopped = await office.write("/letters", LEAD)
    assert "现在：<b>发</b>" in said(stopped)
    assert "不发每周来信了" in said(await office.press(buttons(stopped[0])["以后不用发了"], LEAD))
    state = await office.write("/letters", LEAD)
    assert "现在：<b>不发</b>" in said(state)
    await office.house.sent()
    assert LEAD not in {r["chat_id"] for r in (await monday(office))[0]}
    # On demand they are written all the same.
    [row] = await office.press(buttons(state[0])["现在看上周的"], LEAD)
    assert row["kind"] == "letter"
    await office.press(buttons(state[0])["以后还是发给我"], LEAD)
    await office.house.sent()
    _at(office, office.house.frame.clock.now() + timedelta(days=7))
    assert LEAD in {r["chat_id"] for r in (await monday(office))[0]}


async def test_many_organisations_are_written_to_some_at_a_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "ORGANISATIONS_AT_ONCE", 1)
    heard: list[tuple[int, int]] = []
    subject, rounds = 0, 0
    while True:
        rows, planned = await monday(office, subject)
        heard += [(r["chat_id"], r["organisation"]) for r in rows]
        further = [p for p in planned if p.subject_id]
        rounds += 1
        if not further:
            break
        subject = further[0].subject_id
    assert rounds >= 2
    assert len(heard) == len(set(heard))
    assert {(ADMIN, 0), (LEAD, office.house.organisations[0].id)} <= set(heard)


async def test_after_a_long_night_letters_wait_for_the_morning(office: Office) -> None:
    policy = office.house.frame.community.policy
    sleeping = replace(
        office.house.frame.community, policy=replace(policy, quiet=QuietHours(time(22, 0), time(7, 30)))
    )
    office.house.frame = replace(office.house.frame, community=sleeping)
    night = office.house.frame.clock.now() + timedelta(hours=15)
    _at(office, night)
    rows, planned = await monday(office)
    assert rows == []
    assert [p.due_at - night for p in planned] == [timedelta(hours=7, minutes=30)]


async def test_a_letter_for_who_no_longer_leads_is_not_written(office: Office) -> None:
    rows, _ = await monday(office)
    row = next(r for r in rows if r["chat_id"] == LEAD)
    house = office.house
    async with house.db.transaction(house.community_id) as uow:
        await uow.organisations.remove_lead(house.organisations[0].id, LEAD)
        await uow.commit()
    with pytest.raises(NotAllowed):
        await office.deferred(row)
    assert office.charts.drawn == []


async def test_the_program_plans_and_writes_them(office: Office) -> None:
    house = office.house
    now = house.frame.clock.now()
    async with house.db.transaction(house.community_id) as uow:
        await begin_schedules(uow, At(now - timedelta(days=1)), house.frame.community)
        await uow.commit()
    replies: list[int] = []
    jobs = Jobs(house.db, house.frame, lambda: replies.append(1))
    while await jobs.scheduled_step():
        pass
    assert {r["chat_id"] for r in await house.sent() if r.get("kind") == "letter"} >= {ADMIN, LEAD}


async def test_a_picture_that_cannot_be_drawn_leaves_the_words(office: Office) -> None:
    class Broken(ChildCharts):
        async def draw(self, chart: Any) -> bytes:
            raise RuntimeError

    rows, _ = await monday(office)
    office.charts = Broken()  # type: ignore[assignment]
    delivery = await office.deferred(next(r for r in rows if r["chat_id"] == LEAD))
    assert delivery.method == "SendMessage"
    assert "图没有画出来" in delivery.payload["text"]
    assert "派给您们 <b>2</b> 件" in delivery.payload["text"]
    assert buttons(delivery.payload)
