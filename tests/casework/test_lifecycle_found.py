"""What the lifecycle machine has found, each as the shortest story that showed it."""

from __future__ import annotations

from casework.entities import Details
from casework.events import EmergencyRaised
from casework.use_cases.filing import FileEmergency
from casework.use_cases.residents import ReportUnsolved
from casework.use_cases.workers import DecideReopen, SettleRequest
from tests.casework.world import World


async def test_an_emergency_that_is_reopened_calls_everybody_anew(world: World) -> None:
    request = await world.run(FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",))
    await world.run(SettleRequest, world.worker, request.id, "火灭了")
    await world.run(ReportUnsolved, world.owner, request.id, "又烧起来了")
    world.events.clear()
    await world.run(DecideReopen, world.worker, request.id, approve=True)
    assert [o.id for e in world.told(EmergencyRaised) for o in e.organisations] == [world.second.id]
