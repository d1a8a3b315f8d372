"""What comes back to whoever had it is a decision too; nobody is sent to the black list."""

from __future__ import annotations

from dataclasses import replace

from casework.giving.decisions import How
from casework.statuses import RequestStatus, Standing
from casework.use_cases import residents
from tests.casework.world import World


async def test_a_restored_request_goes_to_whoever_had_it(world: World) -> None:
    request = await world.accepted()
    await world.run(residents.CancelRequest, world.owner, request.id)
    restored = await world.run(residents.RestoreRequest, world.owner, request.id)
    assert restored.organisation_id == world.first.id
    async with world.transaction() as uow:
        kept = await uow.decisions.of_request(request.id)
    assert [d.how for d in kept] == [How.DIRECT, How.BEFORE]


async def test_not_to_one_on_the_black_list(world: World) -> None:
    request = await world.accepted()
    await world.run(residents.CancelRequest, world.owner, request.id)
    async with world.transaction() as uow:
        await uow.organisations.save(replace(world.first, standing=Standing.BLACK))
    restored = await world.run(residents.RestoreRequest, world.owner, request.id)
    assert (restored.status, restored.organisation_id) == (RequestStatus.OFFERED, world.second.id)
