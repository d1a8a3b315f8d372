"""What went wrong is entered once, put right by somebody, and looked at by somebody else."""

from __future__ import annotations

import pytest

from casework.books.ledger_events import DayBegins, RectificationDue, RectificationOpened
from casework.books.ledgers import Book, LedgerFilter, Problem, ProblemKind, RectificationState
from casework.errors import BadValue, NotFound, SamePerson, WrongState
from casework.permissions import Role
from casework.reports import RequestFilter
from casework.use_cases.filing import RaiseVoice
from casework.use_cases.leads import DeclineOffer, HandBack
from casework.use_cases.ledger_views import ReadNeeds, ReadProblems, ReadRectifications
from casework.use_cases.ledgers import CloseProblem, EnterProblem, RaiseProblem, SeeProblem
from casework.use_cases.rectifying import BeginDay, CheckRectification, OpenRectification, ReportRectified
from tests.casework.rows_ledgers import problem, rectifying_, reported
from tests.casework.world import World

COLLEAGUE = 3002


async def problem_of(world: World, problem_id: int) -> Problem:
    found: Problem = (await world.run(SeeProblem, world.worker, problem_id)).problem
    return found


async def test_a_kind_stands_open_once_and_may_come_again(world: World) -> None:
    request = await world.done()
    first = await world.run(RaiseProblem, world.system, request, ProblemKind.LATE)
    assert await world.run(RaiseProblem, world.system, request, ProblemKind.LATE) is None
    await world.run(CloseProblem, world.worker, first.id, "已向居民说明")
    with pytest.raises(WrongState):
        await world.run(CloseProblem, world.worker, first.id, "再说一遍")
    again = await world.run(RaiseProblem, world.system, request, ProblemKind.LATE)
    assert again.id != first.id
    closed = await problem_of(world, first.id)
    assert (closed.closing, closed.closed_by) == ("已向居民说明", world.worker.person_id)


async def test_only_somebody_elses_check_closes(world: World) -> None:
    entry = await reported(world)
    with pytest.raises(BadValue):
        await world.run(CheckRectification, world.worker, entry, good=False)
    back = await world.run(CheckRectification, world.worker, entry, good=False, words="居民说没人去")
    assert (back.state, back.returned) == (RectificationState.OPEN, 1)
    with pytest.raises(WrongState):
        await world.run(CheckRectification, world.worker, entry, good=True)
    await world.run(ReportRectified, world.lead, entry, "", "photo-1")
    closed = await world.run(CheckRectification, world.worker, entry, good=True)
    assert closed.state is RectificationState.CLOSED
    assert (await problem_of(world, closed.problem_id)).closed_at == world.clock.now()


async def test_a_worker_cannot_check_what_they_did_themselves(world: World) -> None:
    number = await problem(world)
    entry = await world.run(OpenRectification, world.worker, number, "上门说明", 1, by_organisation=False)
    with pytest.raises(NotFound):
        await world.run(ReportRectified, world.lead, entry.id, "替他们改了")
    await world.run(ReportRectified, world.worker, entry.id, "去过了")
    with pytest.raises(SamePerson):
        await world.run(CheckRectification, world.worker, entry.id, good=True)
    assert (await problem_of(world, number)).closed_at is None
    colleague = world.actor(COLLEAGUE, Role.ADMIN)
    await world.run(CheckRectification, colleague, entry.id, good=True)
    assert (await problem_of(world, number)).closed_by == COLLEAGUE


async def test_what_is_being_put_right_is_not_closed_by_words_nor_begun_twice(world: World) -> None:
    entry = await rectifying_(world)
    async with world.transaction() as uow:
        kept = await uow.rectifications.get(entry)
    assert kept
    with pytest.raises(WrongState):
        await world.run(CloseProblem, world.worker, kept.problem_id, "算了")
    with pytest.raises(WrongState):
        await world.run(OpenRectification, world.worker, kept.problem_id, "再来", 3, by_organisation=False)
    assert len(world.told(RectificationOpened)) == 1


@pytest.mark.parametrize(("task", "days"), [("", 3), ("改", 0), ("改", 91), ("改" * 501, 3)])
async def test_what_and_by_when_must_be_sensible(world: World, task: str, days: int) -> None:
    number = await problem(world)
    with pytest.raises(BadValue):
        await world.run(OpenRectification, world.worker, number, task, days, by_organisation=True)


async def test_each_morning_reminds_of_what_is_due(world: World) -> None:
    await rectifying_(world)
    await world.run(BeginDay, world.system)
    assert world.told(RectificationDue) == []
    world.clock.forward(days=2.5)
    await world.run(BeginDay, world.system)
    assert [e.late for e in world.told(RectificationDue)] == [False]
    world.clock.forward(days=1)
    await world.run(BeginDay, world.system)
    assert [(e.late, e.unchecked) for e in world.events if isinstance(e, DayBegins)] == [(1, 0)]
    assert [e.late for e in world.told(RectificationDue)] == [True]


async def test_one_request_stands_in_all_three_ledgers(world: World) -> None:
    entry: int = await rectifying_(world)
    (need,), counts = await world.run(ReadNeeds, world.worker, RequestFilter(), 5)
    (entered,), kinds = await world.run(ReadProblems, world.worker, LedgerFilter(compound="丰和家园"))
    (right,), states = await world.run(ReadRectifications, world.worker, LedgerFilter(open=True))
    assert need.request.id == entered.row.request.id == right.row.request.id
    assert [p.id for p in need.problems] == [entered.row.problem.id] == [right.row.problem.id]
    assert [r.id for r in need.rectifications] == [r.id for r in entered.rectifications] == [entry]
    assert (counts, kinds, states) == ({"done": 1}, {"late": 1}, {"open": 1})
    assert right.organisation == world.first


@pytest.mark.parametrize(
    ("wanted", "book", "found"),
    [
        (LedgerFilter(kind=ProblemKind.LATE), Book.PROBLEMS, 1),
        (LedgerFilter(kind=ProblemKind.REFUSED), Book.PROBLEMS, 0),
        (LedgerFilter(open=False), Book.PROBLEMS, 0),
        (LedgerFilter(compound="别处"), Book.PROBLEMS, 0),
        (LedgerFilter(organisation_id=999), Book.PROBLEMS, 0),
        (LedgerFilter(kind=ProblemKind.LATE, open=True), Book.RECTIFICATIONS, 1),
        (LedgerFilter(state=RectificationState.REPORTED), Book.RECTIFICATIONS, 0),
        (LedgerFilter(open=False), Book.RECTIFICATIONS, 0),
    ],
)
async def test_filters(world: World, wanted: LedgerFilter, book: Book, found: int) -> None:
    await rectifying_(world)
    case = ReadProblems if book is Book.PROBLEMS else ReadRectifications
    lines, counts = await world.run(case, world.worker, wanted)
    assert (len(lines), sum(counts.values())) == (found, found)


async def test_a_month_later_is_another_page_of_the_ledger(world: World) -> None:
    await rectifying_(world)
    after = LedgerFilter(since=world.clock.now(), until=None)
    assert len((await world.run(ReadProblems, world.worker, after))[0]) == 1
    before = LedgerFilter(until=world.clock.now())
    assert (await world.run(ReadProblems, world.worker, before))[0] == []


async def kinds_of(world: World, request_id: int) -> list[tuple[ProblemKind, int | None]]:
    async with world.transaction() as uow:
        return [(p.kind, p.organisation_id) for p in await uow.problems.of_request(request_id)]


async def test_what_everybody_declines_is_a_problem(world: World) -> None:
    request = await world.filed()
    await world.run(DeclineOffer, world.lead, await world.offer_id(request), "没人")
    assert await kinds_of(world, request.id) == []
    offer = await world.offer_id(request, world.second)
    await world.run(DeclineOffer, world.other_lead, offer, "没人")
    assert await kinds_of(world, request.id) == [(ProblemKind.REFUSED, world.second.id)]


async def test_what_was_taken_and_given_back_is_a_problem(world: World) -> None:
    request = await world.accepted()
    await world.run(HandBack, world.lead, request.id, "病了")
    assert await kinds_of(world, request.id) == [(ProblemKind.REFUSED, world.first.id)]


async def test_complaints_are_entered_with_and_without_a_request(world: World) -> None:
    await world.run(RaiseVoice, world.owner, "complaint", "垃圾站太臭")
    request = await world.done()
    await world.run(EnterProblem, world.worker, request.id, "来电说态度不好")
    with pytest.raises(WrongState):
        await world.run(EnterProblem, world.worker, request.id, "又来电")
    lines, kinds = await world.run(ReadProblems, world.worker, LedgerFilter())
    assert kinds == {"complaint": 2}
    assert [(line.row.problem.words, line.row.request is None) for line in lines] == [
        ("来电说态度不好", False),
        ("垃圾站太臭", True),
    ]
