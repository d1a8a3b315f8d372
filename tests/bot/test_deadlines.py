"""Nothing depends on anybody remembering it: what time alone brings about, through the real timers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.jobs import Jobs
from casework.books.ledgers import Problem, ProblemKind
from casework.entities import Request, WorkReport
from casework.promises.calendar import WEEKDAYS
from casework.statuses import OfferStatus, RequestStatus
from casework.use_cases.leads import AcceptOffer, AskResident, Attachment, CompleteWork
from casework.use_cases.organisations import PauseIntake
from casework.use_cases.residents import AddResidentNote, ReportUnsolved
from casework.use_cases.workers import AssignRequest, DecideReopen, PutIntoTriage
from tests.bot.lead_house import ADMIN, LEAD, OTHER_LEAD, RESIDENT, House


def local(day: int, hour: str) -> datetime:
    """A local hour of December; the seventh is a Monday, and there is no holiday."""
    return datetime.fromisoformat(f"2026-12-{day:02}T{hour}:00+08:00")


def go_to(house: House, day: int, hour: str = "10:00") -> None:
    house.frame.clock.follow((local(day, hour) - datetime.now(UTC)).total_seconds())


async def until(house: House, day: int, hour: str = "10:00") -> None:
    """The clock goes on, and all that has come due is done."""
    go_to(house, day, hour)
    jobs = Jobs(house.db, house.frame, lambda: None)
    while await jobs.next_step():
        pass


@pytest.fixture
def monday(house: House) -> House:
    """Monday at ten; nobody sleeps (days of working time are whole ones then), Sundays are free."""
    house.frame.community = replace(house.frame.community, calendar=WEEKDAYS)
    go_to(house, 7)
    return house


async def problems(house: House, request: Request) -> list[Problem]:
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        return await uow.problems.of_request(request.id)


async def told(house: House, chat: int) -> list[str]:
    return [m["text"].split("\n")[0] for m in await house.sent(chat) if "text" in m]


async def test_who_is_asked_is_reminded_twice_and_then_the_next_is_asked(monday: House) -> None:
    request = await monday.file()
    await monday.sent()
    await until(monday, 7, "21:59")
    assert await told(monday, LEAD) == []
    await until(monday, 7, "22:01")
    assert len(await told(monday, LEAD)) == 1
    await until(monday, 8, "05:13")
    assert len(await told(monday, LEAD)) == 1
    await until(monday, 8, "10:01")
    assert "另外找人" in (await told(monday, LEAD))[0]
    assert len(await told(monday, OTHER_LEAD)) == 1
    assert (await monday.offer(request)).organisation_id == monday.organisations[1].id
    await until(monday, 8, "10:02")
    assert await told(monday, LEAD) == await told(monday, OTHER_LEAD) == []


async def test_when_nobody_answers_workers_are_reminded_and_then_it_is_a_problem(monday: House) -> None:
    request = await monday.file()
    await monday.run(PutIntoTriage, ADMIN, request.id)
    await monday.sent()
    heard = []
    for day, hour in ((7, "22:01"), (8, "05:13"), (8, "10:01")):
        await until(monday, day, hour)
        heard.append(await told(monday, ADMIN))
    assert [len(lines) for lines in heard] == [1, 1, 1]
    assert await problems(monday, request) == []
    await until(monday, 8, "16:01")
    assert [p.kind for p in await problems(monday, request)] == [ProblemKind.UNANSWERED]
    assert "问题台账" in (await told(monday, ADMIN))[0]
    assert (await monday.request(request.id)).escalation == 2
    await until(monday, 11)
    assert await told(monday, ADMIN) == []


async def test_a_worker_who_acts_is_left_alone(monday: House) -> None:
    request = await monday.file()
    await monday.run(PutIntoTriage, ADMIN, request.id)
    await monday.run(AssignRequest, ADMIN, request.id, monday.organisations[0].id)
    await monday.sent()
    await until(monday, 7, "23:00")
    assert await told(monday, ADMIN) == []


async def test_a_missed_end_goes_up_step_by_step(monday: House) -> None:
    request = await monday.accepted()
    steps: list[tuple[list[str], list[str]]] = []
    # Half, four fifths, the end; a quarter of seven days more, and half of them.
    for day, hour in ((10, "22:01"), (15, "00:30"), (16, "10:01"), (18, "04:01"), (21, "22:01")):
        await until(monday, day, hour)
        steps.append((await told(monday, LEAD), await told(monday, ADMIN)))
    lead, admin = [[*map(len, heard)] for heard in zip(*steps, strict=True)]
    assert (lead, admin) == ([1, 1, 1, 0, 0], [0, 0, 0, 1, 1])
    assert "一半" in steps[0][0][0]
    assert "快到时间" in steps[1][0][0]
    assert "已经过了" in steps[2][0][0]
    assert "超时" in steps[3][1][0]
    assert [p.kind for p in await problems(monday, request)] == [ProblemKind.LATE]


async def test_workers_hear_that_nobody_has_taken_it(monday: House) -> None:
    request = await monday.file("hom_plumbing")
    await monday.sent()
    # Supply: a whole day, and a quarter of it more.
    await until(monday, 8, "16:01")
    late = [m["text"] for m in await monday.sent(ADMIN) if "超时" in m["text"]]
    assert len(late) == 1
    assert "还没有组织接手" in late[0]
    await until(monday, 8, "22:01")
    assert ProblemKind.LATE in [p.kind for p in await problems(monday, request)]


async def test_after_an_outage_the_last_word_is_said_once(monday: House) -> None:
    request = await monday.accepted()
    await until(monday, 31)
    assert len(await told(monday, LEAD)) == 1
    assert len(await told(monday, ADMIN)) == 1
    assert [p.kind for p in await problems(monday, request)] == [ProblemKind.LATE]
    await monday.sent()
    await until(monday, 31, "12:00")
    assert await monday.sent() == []


async def test_while_the_resident_is_asked_nothing_runs_out(monday: House) -> None:
    request = await monday.accepted()
    await monday.run(AskResident, LEAD, request.id, "几点方便？")
    await monday.sent()
    await until(monday, 25)
    assert await told(monday, LEAD) == []
    await monday.run(AddResidentNote, RESIDENT, request.id, "下午", Attachment())
    after = await monday.request(request.id)
    assert after.resolve_due is not None
    # Seven working days of which none has passed, from Friday the 25th.
    assert after.resolve_due.astimezone(UTC).isoformat()[:10] >= "2027-01-05"
    assert ProblemKind.LATE not in [p.kind for p in await problems(monday, request)]


async def test_no_is_decided_by_a_human_within_a_day(monday: House) -> None:
    request = await monday.accepted()
    await monday.run(CompleteWork, LEAD, request.id, WorkReport())
    await monday.run(ReportUnsolved, RESIDENT, request.id, "还是长")
    await monday.sent()
    await until(monday, 7, "22:01")
    assert "要不要重开" in (await told(monday, ADMIN))[0]
    await until(monday, 8, "16:01")
    assert [p.kind for p in await problems(monday, request)][-1] is ProblemKind.UNANSWERED
    again = await monday.run(DecideReopen, ADMIN, request.id, approve=True)
    assert (again.escalation, again.resolve_due) == (0, (await monday.request(request.id)).resolve_due)
    # A new promise, from the day it was opened again.
    assert again.resolve_due > local(16, "00:00")


async def test_danger_that_nobody_takes_is_a_problem_after_half_an_hour(monday: House) -> None:
    request = await monday.emergency()
    await until(monday, 7, "10:29")
    assert await problems(monday, request) == []
    await until(monday, 7, "10:31")
    assert [p.kind for p in await problems(monday, request)] == [ProblemKind.UNANSWERED]


async def test_while_intake_is_paused_workers_are_not_pressed(monday: House) -> None:
    await monday.run(PauseIntake, ADMIN, "台风")
    request = await monday.file()
    await monday.sent()
    await until(monday, 10)
    assert await told(monday, ADMIN) == []
    await monday.run(PauseIntake, ADMIN, None)
    await until(monday, 11, "16:30")
    assert len(await told(monday, ADMIN)) >= 1
    assert (await monday.request(request.id)).status is RequestStatus.TRIAGE


async def test_who_takes_it_late_has_reminders_of_their_own(monday: House) -> None:
    request = await monday.accepted()
    await until(monday, 21, "22:01")
    await monday.run(AssignRequest, ADMIN, request.id, monday.organisations[1].id)
    await monday.run(AcceptOffer, OTHER_LEAD, (await monday.offer(request, OfferStatus.OPEN)).id)
    await monday.sent()
    await until(monday, 31, "23:00")
    assert [line for line in await told(monday, OTHER_LEAD) if "已经过了" in line]
    assert len(await problems(monday, request)) == 1
