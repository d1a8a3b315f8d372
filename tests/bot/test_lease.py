"""What takes long to make is made once, however many senders look for work meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.limits import Limits
from bot.sender import Sender
from handlers.admin.deferred import DEFERRED
from handlers.kit.context import Context
from handlers.ports import Delivery
from tests.bot.station import RESIDENT, Station

LEASE = timedelta(seconds=0.6)


def _sender(station: Station) -> Sender:
    app = station.app
    return Sender(app.db, app.frame, app.messenger, Limits(1000, time.monotonic), LEASE)


async def _slow_letter(
    station: Station, monkeypatch: pytest.MonkeyPatch, seconds: Callable[[int], float]
) -> list[dict[str, Any]]:
    """A letter waits whose nth making takes so long; returns what it was made of, once for each making."""
    made: list[dict[str, Any]] = []

    async def slow(payload: dict[str, Any], _: Context) -> Delivery:
        made.append(payload)
        await asyncio.sleep(seconds(len(made)))
        return Delivery("SendMessage", {"chat_id": payload["chat_id"], "text": "台账"})

    monkeypatch.setitem(DEFERRED, "slow", slow)
    async with station.app.db.transaction("fenghe") as uow:
        await uow.outbox.add(RESIDENT, "Deferred", {"kind": "slow", "chat_id": RESIDENT})
        await uow.commit()
    return made


async def test_a_claim_is_renewed_while_a_slow_letter_is_made(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await _slow_letter(station, monkeypatch, lambda _: 3 * LEASE.total_seconds())
    replicas = [_sender(station), _sender(station)]
    async with asyncio.timeout(60):
        while {row.status for row in await station.outbox()} != {"sent"}:
            for sender in replicas:
                await sender.step()
            await asyncio.sleep(0.02)
    assert len(made) == 1
    assert await station.heard() == ["台账"]


async def test_the_claim_of_a_sender_that_died_is_taken_over(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await _slow_letter(station, monkeypatch, lambda nth: 0.3 if nth > 1 else 60)
    dead, alive = _sender(station), _sender(station)
    await dead.step()
    async with asyncio.timeout(60):
        while {row.status for row in await station.outbox()} != {"sent"}:
            await alive.step()
            await asyncio.sleep(0.02)
    assert len(made) == 2
    assert await station.heard() == ["台账"]
    for task in dead._on_the_way.values():
        task.cancel()
