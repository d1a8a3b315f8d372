"""The inbox: every update once, in order per chat, dead ones aside."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import Database, WallClock
from storage.repositories.base import CHUNK
from storage.repositories.inbox import InboxItem, chat_of
from storage.tables_delivery import inbox
from tests.storage.things import HOME


def an_update(update_id: int, chat_id: int = 1, text: str = "你好") -> dict[str, Any]:
    """A message as the messenger hands it over."""
    message = {"message_id": 1, "chat": {"id": chat_id}, "from": {"id": 5}, "text": text}
    return {"update_id": update_id, "message": message}


async def claim(db: Database, busy: tuple[int, ...] = ()) -> int | None:
    """The update_id of what would be next; nothing is changed."""
    async with db.transaction(HOME) as uow:
        item = await uow.inbox.claim(busy)
    return item and item.update_id


async def handle(db: Database) -> int | None:
    """Claim, mark as done, commit."""
    async with db.transaction(HOME) as uow:
        item = await uow.inbox.claim()
        if item:
            await uow.inbox.done(item)
            await uow.commit()
    return item and item.update_id


async def test_an_update_is_taken_in_once(db: Database) -> None:
    assert await db.receive([an_update(1), an_update(2), an_update(2)], HOME) == 2
    assert await db.receive([an_update(2, text="again"), an_update(3)], HOME) == 1
    assert await db.receive([], HOME) == 0
    assert await db.receive([an_update(1)], "other") == 1
    assert [await handle(db) for _ in range(4)] == [1, 2, 3, None]
    assert await db.receive([an_update(1)], HOME) == 0
    assert await handle(db) is None


async def test_the_same_update_taken_in_twice_at_once_counts_once(db: Database) -> None:
    batch = [an_update(n) for n in range(50)]
    assert sum(await asyncio.gather(*(db.receive(batch, HOME) for _ in range(4)))) == 50


@pytest.mark.parametrize("text", ["\x00", "\ud83d", "👵\u202e", "字" * 100_000, "'\"%;"])
async def test_an_update_stays_raw(db: Database, text: str) -> None:
    update = an_update(1, text=text)
    await db.receive([update], HOME)
    async with db.transaction(HOME) as uow:
        item = await uow.inbox.claim()
    assert item is not None
    assert item.raw == update


@pytest.mark.parametrize("broken", [{}, {"update_id": "7"}, {"update_id": 10**30}, {"update_id": True}, []])
async def test_what_has_no_update_id_does_not_stop_the_rest(db: Database, broken: Any) -> None:
    assert await db.receive([broken, an_update(1)], HOME) == 1


@pytest.mark.parametrize(
    ("event", "chat"),
    [
        ({"message": {"chat": {"id": -100}, "from": {"id": 5}}}, -100),
        ({"callback_query": {"from": {"id": 5}, "message": {"chat": {"id": 8}}}}, 8),
        ({"callback_query": {"from": {"id": 5}, "inline_message_id": "x"}}, 5),
        ({"my_chat_member": {"chat": {"id": 9}, "from": {"id": 5}}}, 9),
        ({"poll": {"id": "77"}}, None),
        ({"message": {"chat": "?", "from": None}}, None),
        ({"message": None}, None),
    ],
)
def test_the_chat_of_an_update(event: dict[str, Any], chat: int | None) -> None:
    assert chat_of({"update_id": 1, **event}) == chat


async def test_a_chat_is_handled_in_order_and_others_go_on(db: Database) -> None:
    await db.receive([an_update(1, 10), an_update(2, 10), an_update(3, 20), an_update(4, 20)], HOME)
    assert await claim(db) == 1
    assert await claim(db, (10,)) == 3
    assert await claim(db, (10, 20)) is None
    await handle(db)
    assert await claim(db, (20,)) == 2


async def test_claimers_at_once_never_share_a_chat(db: Database) -> None:
    chats = 4
    await db.receive([an_update(n, n % chats) for n in range(40)], HOME)
    running: set[int | None] = set()
    handled: list[InboxItem] = []

    async def work() -> None:
        idle = 0
        while len(handled) < 40 and idle < 200:
            async with db.transaction(HOME) as uow:
                item = await uow.inbox.claim()
                if item is None:
                    idle += 1
                    await asyncio.sleep(0.005)
                    continue
                assert item.chat_id not in running
                running.add(item.chat_id)
                await asyncio.sleep(0.002)
                await uow.inbox.done(item)
                running.remove(item.chat_id)
                await uow.commit()
                handled.append(item)

    await asyncio.gather(*(work() for _ in range(6)))
    assert sorted(item.update_id for item in handled) == list(range(40))
    for chat in range(chats):
        ids = [item.update_id for item in handled if item.chat_id == chat]
        assert ids == sorted(ids)


async def test_a_failed_update_holds_up_its_chat_until_it_is_dead(db: Database) -> None:
    await db.receive([an_update(1, 10), an_update(2, 10), an_update(3, 20)], HOME)
    later = WallClock().now() + timedelta(minutes=5)
    async with db.transaction(HOME) as uow:
        item = await uow.inbox.claim()
        assert item is not None
        await uow.inbox.failed(item, "boom", dead=False, retry_at=later)
        await uow.commit()
    assert await claim(db) == 3
    assert await claim(db, (20,)) is None
    async with db.transaction(HOME) as uow:
        await uow.inbox.failed(item, "unparsable", dead=True)
        await uow.commit()
    assert await claim(db, (20,)) == 2
    async with db.transaction(HOME) as uow:
        dead = await uow.inbox.dead(5)
        assert [(d.update_id, d.chat_id, d.error, d.attempts) for d in dead] == [(1, 10, "unparsable", 2)]
        assert dead[0].received_at.tzinfo is not None


async def test_a_retried_dead_update_comes_first_again_and_only_once(db: Database) -> None:
    await db.receive([an_update(1, 10), an_update(2, 10)], HOME)
    async with db.transaction(HOME) as uow:
        item = await uow.inbox.claim()
        assert item is not None
        assert await uow.inbox.retry(item.id) is False
        await uow.inbox.failed(item, "boom", dead=True)
        assert await uow.inbox.retry(item.id) is True
        assert await uow.inbox.retry(item.id) is False
        assert await uow.inbox.dead() == []
        await uow.commit()
    assert [await handle(db) for _ in range(3)] == [1, 2, None]


async def test_a_retried_update_waits_while_a_newer_one_of_its_chat_runs(
    db: Database, engine_name: str
) -> None:
    await db.receive([an_update(1, 10), an_update(2, 10)], HOME)
    async with db.transaction(HOME) as uow:
        dead = await uow.inbox.claim()
        assert dead is not None
        await uow.inbox.failed(dead, "boom", dead=True)
        await uow.commit()
    running, go_on = asyncio.Event(), asyncio.Event()

    async def run_newer() -> None:
        async with db.transaction(HOME) as uow:
            item = await uow.inbox.claim()
            assert item is not None
            assert item.update_id == 2
            running.set()
            await go_on.wait()
            await uow.inbox.done(item)
            await uow.commit()

    newer = asyncio.create_task(run_newer())
    await running.wait()
    if engine_name == "sqlite":
        go_on.set()  # Its writers take turns: the retry below waits for the newer one to end.
    async with db.transaction(HOME) as uow:
        assert await uow.inbox.retry(dead.id)
        await uow.commit()
    if not newer.done():
        assert await claim(db) is None
        go_on.set()
    await newer
    assert await claim(db) == 1


async def test_handled_updates_are_forgotten_after_a_while(db: Database) -> None:
    await db.receive([an_update(1), an_update(2)], HOME)
    await handle(db)
    async with db.transaction(HOME) as uow:
        assert await uow.inbox.forget_done(WallClock().now() - timedelta(hours=1)) is None
        await uow.commit()
    assert await db.receive([an_update(1)], HOME) == 0
    async with db.transaction(HOME) as uow:
        after = await uow.inbox.forget_done(WallClock().now() + timedelta(hours=1))
        assert after is not None
        assert await uow.inbox.forget_done(WallClock().now() + timedelta(hours=1), after) is None
        await uow.commit()
    assert await claim(db) == 2
    assert await db.receive([an_update(1), an_update(2)], HOME) == 1


async def test_forgetting_a_large_number_takes_small_bites(
    db: Database, second_connection: AsyncEngine
) -> None:
    await db.receive([an_update(n) for n in range(CHUNK * 2 + 500)], HOME)
    async with second_connection.begin() as connection:
        await connection.execute(update(inbox).values(status="done", done_at=WallClock().now()))
    after: int | None = 0
    left = []
    while after is not None:
        async with db.transaction(HOME) as uow:
            after = await uow.inbox.forget_done(WallClock().now() + timedelta(hours=1), after)
            await uow.commit()
        async with second_connection.connect() as connection:
            left.append(await connection.scalar(select(func.count()).select_from(inbox)))
    assert left == [CHUNK + 500, 500, 0, 0]


async def test_wait_set_by_a_clock_that_was_put_back_is_not_believed(db: Database) -> None:
    await db.receive([an_update(1)], HOME)
    async with db.transaction(HOME) as uow:
        item = await uow.inbox.claim()
    assert item is not None
    for wait, due in ((timedelta(seconds=20), None), (timedelta(days=1), 1)):
        async with db.transaction(HOME) as uow:
            await uow.inbox.failed(item, "boom", dead=False, retry_at=WallClock().now() + wait)
            await uow.commit()
        assert await claim(db) == due


async def _queue(db: Database, *chats: int, first: int = 0, at_once: bool) -> None:
    updates = [an_update(first + n, chat) for n, chat in enumerate(chats)]
    for batch in [updates] if at_once else [[one] for one in updates]:
        await db.receive(batch, HOME)


@pytest.mark.parametrize("at_once", [True, False])
async def test_chats_take_turns(db: Database, at_once: bool) -> None:
    """Whoever sent a hundred waits as long for each of them as if everybody else had sent one."""
    flooder, others = 7, list(range(100, 130))
    await _queue(db, *[flooder] * 100, *others, at_once=at_once)
    order = [await handle(db) for _ in range(130)]
    assert None not in order
    assert order[0] == 0
    assert order[1:31] == list(range(100, 130))
    assert order[31:] == list(range(1, 100))


async def test_who_comes_in_the_middle_of_a_flood_is_next(db: Database) -> None:
    await _queue(db, *[7] * 50, at_once=True)
    for _ in range(20):
        await handle(db)
    await _queue(db, 8, 8, 8, first=100, at_once=False)
    order = [await handle(db) for _ in range(8)]
    # One of each chat in turn.
    assert [n for n in order if n is not None and n >= 100] == [100, 101, 102]
    assert order.index(100) <= 1
    assert order.index(102) <= 5


async def test_two_floods_share_the_bot_and_each_keeps_its_order(db: Database) -> None:
    await _queue(db, *[7] * 40, *[8] * 40, at_once=True)
    order = [await handle(db) for _ in range(80)]
    early = [n for n in order[:40] if n is not None]
    assert 19 <= sum(n < 40 for n in early) <= 21
    for belongs in (range(40), range(40, 80)):
        assert [n for n in order if n in belongs] == list(belongs)


async def test_turns_of_an_earlier_flood_are_forgotten_once_it_is_through(db: Database) -> None:
    await _queue(db, *[7] * 30, at_once=True)
    for _ in range(30):
        await handle(db)
    await _queue(db, 7, 8, first=50, at_once=True)
    assert [await handle(db), await handle(db)] == [50, 51]
