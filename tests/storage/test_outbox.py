"""The outbox: every message once, in order per chat, until it is sent or dead."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from storage.database import Database, WallClock
from storage.repositories.outbox import LEASE, LONGEST_WAIT, OutboxItem
from tests.storage.things import HOME, NOW

LATER = NOW + timedelta(minutes=10)


async def put(db: Database, chat_id: int, text: str, **more: object) -> None:
    """Commit one message."""
    async with db.transaction(HOME) as uow:
        await uow.outbox.add(chat_id, "SendMessage", {"text": text}, **more)  # type: ignore[arg-type]
        await uow.commit()


async def take(
    db: Database, now: datetime = NOW, limit: int = 10, busy: tuple[int, ...] = ()
) -> list[OutboxItem]:
    """Commit a claim."""
    async with db.transaction(HOME) as uow:
        items = await uow.outbox.claim(now, limit, busy)
        await uow.commit()
    return items


def texts(items: list[OutboxItem]) -> list[str]:
    """What they say."""
    return [item.payload["text"] for item in items]


async def sent(db: Database, item: OutboxItem) -> None:
    """Commit that it was sent."""
    async with db.transaction(HOME) as uow:
        await uow.outbox.sent(item.id, NOW)
        await uow.commit()


async def test_a_chat_is_sent_to_in_order_and_others_go_on(db: Database) -> None:
    for chat, text in ((1, "a"), (1, "b"), (2, "c"), (3, "d")):
        await put(db, chat, text)
    assert texts(await take(db, busy=(2,), limit=1)) == ["a"]
    assert texts(await take(db, busy=(2,))) == ["d"]
    rest = await take(db)
    assert texts(rest) == ["c"]
    assert await take(db) == []


async def test_sending_frees_the_next_of_the_chat(db: Database) -> None:
    await put(db, 1, "a")
    await put(db, 1, "b")
    for expected in ("a", "b"):
        (item,) = await take(db)
        assert (texts([item]), item.attempts) == ([expected], 1)
        await sent(db, item)
    assert await take(db, LATER) == []


async def test_what_nobody_reported_is_claimed_again_after_the_lease(db: Database) -> None:
    await put(db, 1, "a")
    await take(db)
    assert await take(db, NOW + LEASE - timedelta(seconds=1)) == []
    (again,) = await take(db, NOW + LEASE)
    assert again.attempts == 2
    async with db.transaction(HOME) as uow:
        assert await uow.outbox.release() == 1
        await uow.commit()
    assert texts(await take(db)) == ["a"]


async def test_a_retry_waits_and_its_chat_with_it(db: Database) -> None:
    await put(db, 1, "a")
    await put(db, 1, "b")
    (item,) = await take(db)
    async with db.transaction(HOME) as uow:
        await uow.outbox.retry(item.id, LATER, "429")
        await uow.commit()
    assert await take(db) == []
    (again,) = await take(db, LATER)
    assert (texts([again]), again.attempts, again.error) == (["a"], 2, "429")


async def test_a_dead_message_does_not_block_its_chat(db: Database) -> None:
    await put(db, 1, "a")
    await put(db, 1, "b")
    (item,) = await take(db)
    async with db.transaction(HOME) as uow:
        await uow.outbox.dead(item.id, "400 bad request")
        await uow.commit()
    assert texts(await take(db)) == ["b"]
    async with db.transaction(HOME) as uow:
        assert [(d.id, d.error) for d in await uow.outbox.failures()] == [(item.id, "400 bad request")]
        await uow.outbox.retry(item.id, NOW, "too late")
        assert len(await uow.outbox.failures()) == 1
        await uow.commit()
    assert await take(db) == []


async def test_what_is_meant_for_later_waits_without_blocking(db: Database) -> None:
    await put(db, 1, "tomorrow", not_before=LATER)
    await put(db, 1, "now")
    (item,) = await take(db)
    assert texts([item]) == ["now"]
    await sent(db, item)
    assert await take(db) == []
    assert texts(await take(db, LATER)) == ["tomorrow"]


async def test_a_key_is_sent_once_in_a_community(db: Database) -> None:
    await asyncio.gather(*(put(db, 1, f"try {n}", key="card:7") for n in range(5)))
    (item,) = await take(db)
    await sent(db, item)
    await put(db, 1, "again", key="card:7")
    assert await take(db) == []
    async with db.transaction("other") as uow:
        await uow.outbox.add(1, "SendMessage", {"text": "theirs"}, key="card:7")
        assert texts(await uow.outbox.claim(NOW, 5)) == ["theirs"]


async def test_a_file_travels_with_its_row_and_goes_when_sent(db: Database) -> None:
    file = ("photo", "统计 1.png", bytes(range(256)) * 1000)
    async with db.transaction(HOME) as uow:
        for _ in range(2):
            await uow.outbox.add(1, "SendPhoto", {"caption": "图"}, key="chart", file=file)
        await uow.outbox.add(2, "SendDocument", {}, file=("document", "a.xlsx", b""))
        await uow.commit()
    photo, document = await take(db)
    assert photo.file == file
    assert document.file == ("document", "a.xlsx", b"")
    await sent(db, photo)
    async with db.transaction(HOME) as uow:
        assert await uow.files.of([photo.id, document.id]) == {document.id: document.file}
        after = await uow.outbox.forget_sent(WallClock().now() + timedelta(hours=1))
        assert after == document.id
        assert await uow.outbox.forget_sent(WallClock().now() + timedelta(hours=1), after) is None
        await uow.commit()
    assert [item.id for item in await take(db, NOW + LEASE)] == [document.id]


async def test_lease_and_wait_of_a_clock_that_was_put_back_are_not_believed(db: Database) -> None:
    tomorrow = NOW + timedelta(days=1)
    for chat in (1, 2):
        await put(db, chat, str(chat))
    first, _ = await take(db, tomorrow)
    async with db.transaction(HOME) as uow:
        await uow.outbox.retry(first.id, tomorrow, "500")
        await uow.commit()
    assert texts(await take(db)) == ["1", "2"]
    # What is meant for tomorrow from the start stays there.
    await put(db, 3, "3", not_before=tomorrow)
    assert await take(db) == []


async def test_pause_of_many_hours_is_asked_for_again_in_between(db: Database) -> None:
    await put(db, 1, "a")
    now = WallClock().now()
    (item,) = await take(db, now)
    async with db.transaction(HOME) as uow:
        await uow.outbox.retry(item.id, now + timedelta(hours=9), "429")
        await uow.commit()
    assert await take(db, now + LONGEST_WAIT - timedelta(minutes=1)) == []
    assert texts(await take(db, now + LONGEST_WAIT + timedelta(minutes=1))) == ["a"]


async def test_claimers_at_once_get_different_rows(db: Database) -> None:
    for n in range(30):
        await put(db, n % 10, f"{n:02d}")
    claimed = await asyncio.gather(*(take(db, limit=3) for _ in range(8)))
    ids = [item.id for items in claimed for item in items]
    chats = [item.chat_id for items in claimed for item in items]
    assert len(ids) == len(set(ids))
    assert len(chats) == len(set(chats))
    assert {t for items in claimed for t in texts(items)} <= {f"{n:02d}" for n in range(10)}


async def test_a_broadcast_is_countable(db: Database) -> None:
    for chat in range(1, 5):
        await put(db, chat, "停水", key=f"broadcast:7:{chat}")
    await put(db, 1, "其他", key="broadcast:70:1")
    await put(db, 1, "其他", key="broadcast:7")
    first, second, *_ = await take(db)
    async with db.transaction(HOME) as uow:
        await uow.outbox.sent(first.id, NOW)
        await uow.outbox.dead(second.id, "403")
        counts = await uow.outbox.count_by_key_prefix("broadcast:7:")
        assert counts == {"pending": 2, "sent": 1, "dead": 1}
        assert await uow.outbox.count_by_key_prefix("nothing") == {"pending": 0, "sent": 0, "dead": 0}
        await uow.commit()
    async with db.transaction("other") as uow:
        assert sum((await uow.outbox.count_by_key_prefix("broadcast:7:")).values()) == 0


async def test_trackers_keep_one_document_a_chat(db: Database) -> None:
    document = {"slots": {"说": "漏\x00水\ud83d👵", "n": [1, 2.5, None, True]}}
    async with db.transaction(HOME) as uow:
        assert await uow.trackers.load(1) is None
        await uow.trackers.save(1, {"old": 1})
        await uow.trackers.save(1, document)
        assert await uow.trackers.load(1) == document
        assert await uow.trackers.load(2) is None
        await uow.commit()
    async with db.transaction("other") as uow:
        assert await uow.trackers.load(1) is None


async def test_answers_go_before_a_broadcast(db: Database) -> None:
    for chat in (1, 2, 3):
        await put(db, chat, "停水", key=f"broadcast:1:{chat}")
    await put(db, 2, "您的工单")
    assert texts(await take(db, limit=2)) == ["您的工单", "停水"]


async def test_the_same_message_to_many_reaches_each_once(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await uow.outbox.add_to_each([1, 2, 2], "SendMessage", {"text": "停水"}, "broadcast:1:")
        await uow.outbox.add_to_each([2, 3], "SendMessage", {"text": "停水"}, "broadcast:1:")
        await uow.commit()
    async with db.transaction(HOME) as uow:
        assert (await uow.outbox.count_by_key_prefix("broadcast:1:"))["pending"] == 3
        items = await uow.outbox.claim(NOW, 10)
    assert [(i.chat_id, i.payload["chat_id"], i.key) for i in items] == [
        (n, n, f"broadcast:1:{n}") for n in (1, 2, 3)
    ]


async def test_an_answer_and_a_broadcast_for_one_chat_are_not_claimed_together(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await uow.outbox.add_to_each([7], "SendMessage", {"text": "停水"}, "broadcast:1:")
        await uow.outbox.add(7, "SendMessage", {"chat_id": 7, "text": "好的"})
        first = await uow.outbox.claim(NOW, 10)
        assert [item.payload["text"] for item in first] == ["好的"]
        await uow.outbox.sent(first[0].id, NOW)
        assert [item.payload["text"] for item in await uow.outbox.claim(NOW, 10)] == ["停水"]
