"""What the lifecycle machine has found, each as the shortest story that showed it."""

from __future__ import annotations

from casework.entities import Details
from casework.events import EmergencyRaised, ProblemRaised
from casework.promises.clock_events import AnswerAwaited
from casework.promises.clocks import ANSWER_WITHIN
from casework.use_cases.awaiting import AwaitAnswer
from casework.use_cases.filing import FileEmergency
from casework.use_cases.leads import AskResident, Attachment
from casework.use_cases.residents import AddResidentNote, ReportUnsolved
from casework.use_cases.workers import DecideReopen, SettleRequest
from tests.casework.world import World


async def test_a_question_that_nobody_answers_is_asked_again_and_then_somebody_looks(world: World) -> None:
    """The simulation ended with requests that waited for a resident, and nobody would ever have looked."""
    request = await world.accepted()
    await world.run(AskResident, world.lead, request.id, "几点方便？")
    async with world.transaction() as uow:
        assert await uow.timers.waiting() == {request.id: world.clock.now() + ANSWER_WITHIN[0]}
    world.clock.forward(days=1)
    await world.run(AwaitAnswer, world.system, request.id, 1)
    assert [e.question for e in world.told(AnswerAwaited)] == ["几点方便？"]
    world.clock.forward(days=2)
    await world.run(AwaitAnswer, world.system, request.id, 2)
    assert [e.problem.words for e in world.told(ProblemRaised)] == ["几点方便？"]
    await world.run(AddResidentNote, world.owner, request.id, "下午", Attachment())
    world.events.clear()
    await world.run(AwaitAnswer, world.system, request.id, 1)
    assert world.events == []


async def test_late_after_an_outage_only_the_last_word_on_a_question_is_said(world: World) -> None:
    request = await world.accepted()
    await world.run(AskResident, world.lead, request.id, "几点方便？")
    world.clock.forward(days=5)
    await world.run(AwaitAnswer, world.system, request.id, 1)
    assert world.told(AnswerAwaited) == []


async def test_an_emergency_that_is_reopened_calls_everybody_anew(world: World) -> None:
    request = await world.run(FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",))
    await world.run(SettleRequest, world.worker, request.id, "火灭了")
    await world.run(ReportUnsolved, world.owner, request.id, "又烧起来了")
    world.events.clear()
    await world.run(DecideReopen, world.worker, request.id, approve=True)
    assert [o.id for e in world.told(EmergencyRaised) for o in e.organisations] == [world.second.id]
