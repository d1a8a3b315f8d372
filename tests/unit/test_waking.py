"""Waiting and waking; what another process sent counts for the limits."""

from __future__ import annotations

import asyncio

import pytest

from bot.backoff import Wake, woken
from bot.limits import Limits


@pytest.mark.parametrize("kind", [asyncio.Event, Wake])
async def test_a_cancellation_that_comes_with_the_wake_up_is_not_lost(
    kind: type[asyncio.Event | Wake],
) -> None:
    event = kind()
    waiting = asyncio.create_task(woken(event, 60))
    await asyncio.sleep(0)
    event.set()
    # The waiter has its result by now, but has not gone on yet.
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_each_ring_wakes_one_and_none_is_lost() -> None:
    wake = Wake()
    up: list[int] = []

    async def lane(number: int) -> None:
        await wake.wait()
        up.append(number)

    lanes = [asyncio.create_task(lane(n)) for n in range(3)]
    await asyncio.sleep(0)
    assert wake.waited_for
    for expected in ([0], [0, 1], [0, 1, 2]):
        wake.set()
        await asyncio.sleep(0.001)
        assert up == expected
    await asyncio.gather(*lanes)
    assert not wake.waited_for
    wake.set()
    wake.set()
    # Rung while nobody waited: the next who comes looks, and only that one.
    await asyncio.wait_for(wake.wait(), 10)
    late = asyncio.create_task(wake.wait())
    await asyncio.sleep(0.001)
    assert not late.done()
    late.cancel()


async def test_who_is_woken_and_gives_up_passes_it_on() -> None:
    wake = Wake()
    first, second = asyncio.create_task(wake.wait()), asyncio.create_task(wake.wait())
    await asyncio.sleep(0)
    wake.set()
    first.cancel()
    await asyncio.wait_for(second, 10)
    assert first.cancelled()


def test_what_another_process_sent_counts_for_the_limits() -> None:
    now = [1000.0]
    limits = Limits(30, lambda: now[0])
    assert limits.room() == 15
    # To a group five half a minute ago and five just now; nine to others just now.
    limits.remember([(-7, 30.0)] * 5 + [(-7, 0.0)] * 5 + [(chat, 0.0) for chat in range(1, 10)])
    assert limits.room() == 1
    assert limits.resting() == {-7}
    now[0] += 4
    assert limits.resting() == set()
    # What a clock that was put back calls the future is now; what is older than a minute is nothing.
    limits.remember([(3, -50.0), (4, 3600.0)])
    assert limits.room() == 14
