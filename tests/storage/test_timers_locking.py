"""Timers and requests are locked in one order, so that nobody waits for each other."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from casework.statuses import TimerKind
from storage.database import Database
from tests.storage.things import HOME, NOW, add


async def test_a_timer_waits_while_somebody_moves_its_request(db: Database) -> None:
    """A move locks the request and then drops its timers: whoever had one of them would wait for the move."""
    async with db.transaction(HOME) as uow:
        request = await add(uow)
        await uow.timers.set(TimerKind.RESOLVE_DUE, request.id, NOW)
        await uow.commit()
    moving, looked, moved = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def move() -> None:
        async with db.transaction(HOME) as uow:
            await uow.requests.get(request.id, lock=True)
            moving.set()
            # SQLite has one writer at a time: there the other one waits for this transaction's end.
            if not db.url.drivername.startswith("sqlite"):
                await looked.wait()
            await uow.timers.clear(request.id)
            await uow.commit()
        moved.set()

    async def fire() -> None:
        await moving.wait()
        async with db.transaction(HOME) as uow:
            assert await uow.timers.claim_due(NOW + timedelta(hours=1)) is None
            looked.set()
            # Whatever else is done here, the timer is free for the one who moves the request.
            await moved.wait()

    async with asyncio.timeout(10):
        await asyncio.gather(move(), fire())


async def test_a_claimed_timer_holds_its_request(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        request = await add(uow)
        for step in (1, 2):
            await uow.timers.set(TimerKind.RESOLVE_REMINDER, request.id, NOW, step=step)
        await uow.commit()
    if db.url.drivername.startswith("sqlite"):
        return
    async with db.transaction(HOME) as one, db.transaction(HOME) as other:
        assert await one.timers.claim_due(NOW) is not None
        assert await other.timers.claim_due(NOW) is None
