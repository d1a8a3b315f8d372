"""Only a person's word confirms: silence leads to the telephone, a no to another organisation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobs import JOBS
from casework.books.calls import Call, CallOutcome, CallReason
from casework.books.ledger_events import SampleDrawn
from casework.books.ledgers import ProblemKind
from casework.books.rates import Rate, RateKind, rates_of
from casework.entities import Request, WorkReport
from casework.errors import WrongState
from casework.events import ProblemRaised, SolvedAsked
from casework.reports import RequestFilter
from casework.statuses import OfferStatus, RequestStatus, TimerKind
from casework.use_cases.call_list import DrawSample
from casework.use_cases.calls import HearSolved, HearUnsolved, ListCalls, MissCall, RateByCall
from casework.use_cases.leads import AcceptOffer, CompleteWork
from casework.use_cases.reading import MarkUnreachable
from casework.use_cases.residents import ConfirmSolved, RateRequest, ReportUnsolved
from casework.use_cases.workers import CloseForResident, DecideReopen
from handlers.kit.cases import Cases
from tests.casework.world import OWNER, World


async def let_time_pass(world: World, **span: float) -> None:
    """Fire what comes due, as the program does."""
    end = world.clock.at + timedelta(**span)
    while world.clock.at < end:
        world.clock.at = min(end, world.clock.at + timedelta(hours=1))
        fired = True
        while fired:
            async with world.transaction() as uow:
                timer = await uow.timers.claim_due(world.clock.now())
                fired = timer is not None
                if timer is not None and timer.kind is TimerKind.ASK_SOLVED:
                    await JOBS[timer.kind](Cases(uow, world.clock, world.community), timer)  # type: ignore[arg-type]


async def to_ring(world: World) -> list[tuple[Call, Request]]:
    found, _ = await world.run(ListCalls, world.worker)
    return list(found)


async def rung_up(world: World) -> tuple[Call, Request]:
    """Somebody who kept silent until they stand on the list."""
    await world.done()
    await let_time_pass(world, days=3, hours=1)
    (entry,) = await to_ring(world)
    return entry


async def test_the_silent_are_asked_twice_and_then_rung_up(world: World) -> None:
    request = await world.done()
    await let_time_pass(world, hours=3)
    assert [e.step for e in world.told(SolvedAsked)] == [1]
    await let_time_pass(world, days=2)
    assert [e.step for e in world.told(SolvedAsked)] == [2]
    assert await to_ring(world) == []
    await let_time_pass(world, days=1)
    assert world.told(SolvedAsked) == []
    ((call, about),) = await to_ring(world)
    assert (call.reason, about.id) == (CallReason.SILENT, request.id)
    assert (await world.now_at(request)).status is RequestStatus.DONE


async def test_who_cannot_be_written_to_is_rung_up_at_once(world: World) -> None:
    await world.done()
    await world.run(MarkUnreachable, world.system, OWNER, reachable=False)
    await let_time_pass(world, hours=3)
    assert [r.resident_id for _, r in await to_ring(world)] == [OWNER]
    assert world.told(SolvedAsked) == []


@pytest.mark.parametrize("solved", [True, False])
async def test_a_word_in_the_chat_ends_the_call(world: World, solved: bool) -> None:
    call, request = await rung_up(world)
    await world.run(ConfirmSolved if solved else ReportUnsolved, world.owner, request.id)
    assert await to_ring(world) == []
    for case in (HearSolved, HearUnsolved, MissCall):
        with pytest.raises(WrongState):
            await world.run(case, world.worker, call.id)
    async with world.transaction() as uow:
        ended = await uow.calls.get(call.id)
    assert ended
    assert ended.outcome is CallOutcome.ANSWERED


async def test_a_yes_on_the_telephone_confirms_and_is_rated_once(world: World) -> None:
    call, request = await rung_up(world)
    with pytest.raises(WrongState):
        await world.run(RateByCall, world.worker, call.id, 5)
    await world.run(HearSolved, world.worker, call.id)
    after = await world.now_at(request)
    assert after.status is RequestStatus.CONFIRMED
    await world.run(RateByCall, world.worker, call.id, 5)
    await world.run(RateByCall, world.worker, call.id, 4)
    async with world.transaction() as uow:
        rating = await uow.notes.rating(request.id)
        last = (await uow.requests.history(request.id))[-1]
    assert rating
    assert rating.stars == 4
    assert (last.action, last.actor_role) == ("confirm", "admin")


async def test_the_residents_own_stars_stay(world: World) -> None:
    request = await world.confirmed()
    await world.run(RateRequest, world.owner, request.id, 2)
    world.clock.forward(hours=1)
    await world.run(DrawSample, world.system)
    ((call, _),) = await to_ring(world)
    await world.run(HearSolved, world.worker, call.id)
    assert (await world.run(RateByCall, world.worker, call.id, 5)).stars == 2


async def test_not_reached_three_times_counts_neither_as_solved_nor_as_asked(world: World) -> None:
    call, request = await rung_up(world)
    for tries in (1, 2):
        await world.run(MissCall, world.worker, call.id)
        assert await to_ring(world) == []
        world.clock.forward(days=1)
        assert [c.tries for c, _ in await to_ring(world)] == [tries]
    async with world.transaction() as uow:
        assert (await uow.rates.of(RequestFilter(), world.clock.now())).solved == Rate(0, 1)
    last = await world.run(MissCall, world.worker, call.id)
    assert last.outcome is CallOutcome.UNREACHABLE
    world.clock.forward(days=1)
    assert await to_ring(world) == []
    assert await solved_rates(world) == (Rate(0, 0), Rate(0, 0))
    # They come back after all, and their word counts.
    await world.run(ConfirmSolved, world.owner, request.id)
    assert await solved_rates(world) == (Rate(1, 1), Rate(1, 1))


async def solved_rates(world: World) -> tuple[Rate, Rate]:
    """Of the requests, and of the first organisation's running record."""
    async with world.transaction() as uow:
        loads = await uow.organisations.workloads([world.first.id])
        return (
            (await uow.rates.of(RequestFilter(), world.clock.now())).solved,
            rates_of(loads[world.first.id]).solved,
        )


async def test_a_sample_that_says_no_is_reopened_elsewhere(world: World) -> None:
    request = await world.confirmed()
    world.clock.forward(days=1)
    await world.run(DrawSample, world.system)
    (drawn,) = world.told(SampleDrawn)
    assert (drawn.drawn, drawn.among) == (1, 1)
    ((call, _),) = await to_ring(world)
    assert call.reason is CallReason.SAMPLE
    reopened = await world.run(HearUnsolved, world.worker, call.id, "又坏了")
    assert (reopened.status, reopened.organisation_id) == (RequestStatus.OFFERED, world.second.id)
    assert (await world.now_at(request)).reopened == 1
    assert [(e.problem.kind, e.problem.words) for e in world.told(ProblemRaised)] == [
        (ProblemKind.UNSOLVED, "又坏了")
    ]
    assert await solved_rates(world) == (Rate(0, 1), Rate(0, 1))


async def test_the_same_week_draws_the_same_and_nobody_twice(world: World) -> None:
    await world.confirmed()
    world.clock.forward(hours=1)
    assert await world.run(DrawSample, world.system) == 1
    assert await world.run(DrawSample, world.system) == 0
    world.clock.forward(days=8)
    assert await world.run(DrawSample, world.system) == 0


async def test_whom_a_worker_had_on_the_telephone_is_not_drawn(world: World) -> None:
    request = await world.done()
    await world.run(CloseForResident, world.worker, request.id, solved=True)
    world.clock.forward(hours=1)
    assert await world.run(DrawSample, world.system) == 0


async def unsolved(world: World) -> Request:
    request = await world.done()
    told: Request = await world.run(ReportUnsolved, world.owner, request.id, "还是不行")
    return told


async def test_reopened_work_goes_back_only_when_a_worker_says_so(world: World) -> None:
    request = await unsolved(world)
    moved = await world.run(DecideReopen, world.worker, request.id, approve=True, same=True)
    assert (moved.status, moved.organisation_id) == (RequestStatus.OFFERED, world.first.id)
    await world.run(AcceptOffer, world.lead, await world.offer_id(request))
    await world.run(CompleteWork, world.lead, request.id, WorkReport(1, 1))
    await world.run(ReportUnsolved, world.owner, request.id, "又不行")
    world.told(ProblemRaised)
    moved = await world.run(DecideReopen, world.worker, request.id, approve=True)
    assert (moved.organisation_id, moved.reopened) == (world.second.id, 2)
    # The first time it stood there for being unsolved, and still does; now for being reopened twice.
    assert [e.problem.kind for e in world.told(ProblemRaised)] == [ProblemKind.REOPENED_TWICE]
    async with world.transaction() as uow:
        entered = await uow.problems.of_request(request.id)
    assert {p.organisation_id for p in entered} == {world.first.id}


async def test_a_no_that_is_not_followed_stays_in_the_problem_ledger(world: World) -> None:
    request = await unsolved(world)
    await world.run(DecideReopen, world.worker, request.id, approve=False, reason="看过了，剪好了")
    (raised,) = world.told(ProblemRaised)
    assert (raised.problem.kind, raised.problem.words) == (ProblemKind.UNSOLVED, "还是不行")
    await let_time_pass(world, hours=12)
    assert world.told(SolvedAsked) == []
    await let_time_pass(world, days=3)
    assert [r.id for _, r in await to_ring(world)] == [request.id]
    assert await solved_rates(world) == (Rate(0, 1), Rate(0, 1))


async def test_offers_within_their_time_are_not_unanswered(world: World) -> None:
    request = await world.filed()
    async with world.transaction() as uow:
        assert (await uow.rates.of(RequestFilter(), world.clock.now())).response == Rate(0, 0)
        end = (await uow.offers.of_request(request.id))[0].expires_at
        assert (await uow.rates.of(RequestFilter(), end)).response == Rate(0, 1)
    await world.run(AcceptOffer, world.lead, await world.offer_id(request))
    async with world.transaction() as uow:
        rates = await uow.rates.of(RequestFilter(), world.clock.now())
        each = await uow.rates.by_organisation(RequestFilter(), world.clock.now())
        loads = await uow.organisations.workloads([world.first.id])
        behind = await uow.rates.behind(RateKind.RESPONSE, RequestFilter(), end, counted=True)
    assert rates.response == each[world.first.id].response == Rate(1, 1)
    assert rates_of(loads[world.first.id]).response == Rate(1, 1)
    assert [r.id for r in behind] == [request.id]


async def test_a_withdrawn_offer_says_nothing_and_a_lapsed_one_counts(world: World) -> None:
    request = await world.filed()
    day = timedelta(days=1)
    async with world.transaction() as uow:
        (offer,) = await uow.offers.of_request(request.id)
        await uow.offers.decide(offer, OfferStatus.WITHDRAWN, world.clock.now(), None)
        assert (await uow.rates.of(RequestFilter(), world.clock.now() + 9 * day)).response == Rate(0, 0)
        end = world.clock.now() + day
        lapsed = await uow.offers.add(request, world.second.id, world.clock.now(), end, 1, ())
        await uow.offers.decide(lapsed, OfferStatus.EXPIRED, end, None)
        found = await uow.rates.by_organisation(RequestFilter(), end)
        loads = await uow.organisations.workloads([world.first.id, world.second.id])
        missed = await uow.rates.behind(RateKind.RESPONSE, RequestFilter(), end, counted=False)
    assert {i: r.response for i, r in found.items()} == {world.second.id: Rate(0, 1)}
    assert rates_of(loads[world.first.id]).response == Rate(0, 0)
    assert rates_of(loads[world.second.id]).response == Rate(0, 1)
    assert [r.id for r in missed] == [request.id]
