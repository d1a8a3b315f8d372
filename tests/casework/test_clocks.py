"""Clocks of a request: they stop, go on, and what time alone brings about."""

from __future__ import annotations

from datetime import timedelta

from casework.entities import Details
from casework.promises.working_time import WorkingTime
from casework.statuses import RequestStatus, TimerKind
from casework.use_cases.leads import AskResident, Attachment
from casework.use_cases.residents import AddResidentNote, ChangeRequest
from casework.use_cases.watching import RemindResolve
from tests.casework.world import World


async def test_asking_back_stops_the_clock_and_the_answer_starts_it_again(world: World) -> None:
    request = await world.accepted()
    await world.run(AskResident, world.lead, request.id, "几点方便？")
    asked = world.clock.now()
    promised = (await world.now_at(request)).resolve_due
    world.clock.forward(days=3)
    world.events.clear()
    await world.run(RemindResolve, world.system, request.id, late=True)
    assert world.events == []
    await world.run(AddResidentNote, world.owner, request.id, "下午三点", Attachment())
    after = await world.now_at(request)
    assert after.status is RequestStatus.IN_PROGRESS
    assert promised is not None
    assert after.resolve_due is not None
    waking = WorkingTime(world.community)
    stood_still = waking.between(asked, world.clock.now())
    assert stood_still > timedelta(hours=14)
    assert waking.between(promised, after.resolve_due) == stood_still
    async with world.transaction() as uow:
        world.clock.at = after.resolve_due
        kinds = []
        while timer := await uow.timers.claim_due(world.clock.now()):
            kinds.append((timer.kind, timer.step))
    reminder = TimerKind.RESOLVE_REMINDER
    assert kinds == [(reminder, 1), (reminder, 2), (TimerKind.RESOLVE_DUE, 0)]


async def test_a_change_while_the_resident_is_asked_shortens_nothing(world: World) -> None:
    request = await world.accepted()
    await world.run(AskResident, world.lead, request.id, "几点方便？")
    asked, promised = world.clock.now(), (await world.now_at(request)).resolve_due
    world.clock.forward(days=2)
    await world.run(ChangeRequest, world.owner, request.id, Details(time_expr="后天"))
    world.clock.forward(days=1)
    await world.run(AddResidentNote, world.owner, request.id, "下午三点", Attachment())
    after = await world.now_at(request)
    assert promised is not None
    assert after.resolve_due is not None
    assert after.stopped_at is None
    waking = WorkingTime(world.community)
    assert waking.between(promised, after.resolve_due) == waking.between(asked, world.clock.now())
