"""Messages for people who speak through another program: never sent, fetched once, in order."""

from __future__ import annotations

from datetime import timedelta

from casework.elsewhere import FIRST, is_elsewhere, person_of
from storage.database import Database
from tests.storage.things import HOME, NOW

SOMEBODY = person_of("rasa", "anna")


async def _put(db: Database, chat_id: int, text: str, **more: object) -> None:
    async with db.transaction(HOME) as uow:
        await uow.outbox.add(chat_id, "SendMessage", {"text": text}, **more)  # type: ignore[arg-type]
        await uow.commit()


async def _fetch(db: Database, chat_id: int) -> list[str]:
    async with db.transaction(HOME) as uow:
        found = await uow.outbox.fetch(chat_id, NOW)
        await uow.commit()
    return [one.payload["text"] for one in found]


async def test_the_sender_is_never_given_them(db: Database) -> None:
    await _put(db, SOMEBODY, "to be fetched")
    await _put(db, 1001, "to be sent")
    async with db.transaction(HOME) as uow:
        claimed = await uow.outbox.claim(NOW, 10)
    assert [one.chat_id for one in claimed] == [1001]


async def test_they_are_fetched_once_in_order_and_by_nobody_else(db: Database) -> None:
    await _put(db, SOMEBODY, "one", key="a")
    await _put(db, SOMEBODY, "two")
    await _put(db, SOMEBODY, "one again", key="a")
    assert await _fetch(db, person_of("rasa", "bert")) == []
    assert await _fetch(db, SOMEBODY) == ["one", "two"]
    assert await _fetch(db, SOMEBODY) == []


async def test_what_is_meant_for_later_is_fetched_later(db: Database) -> None:
    await _put(db, SOMEBODY, "tomorrow", not_before=NOW + timedelta(hours=1))
    assert await _fetch(db, SOMEBODY) == []


async def test_a_broadcast_reaches_them_too(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        await uow.outbox.add_to_each([SOMEBODY, 1001], "SendMessage", {"text": "all"}, "broadcast:1:")
        await uow.commit()
    assert await _fetch(db, SOMEBODY) == ["all"]


def test_nobody_becomes_a_messengers_person_by_their_name() -> None:
    assert person_of("rasa", "1001") == person_of("rasa", "1001")
    assert person_of("rasa", "1001") != person_of("rasa", "1002")
    assert person_of("rasa", "1001") != person_of("other", "1001")
    assert all(FIRST <= person_of("rasa", str(n)) < 2**63 for n in range(1000))
    assert not is_elsewhere(2**52)
    assert not is_elsewhere(-1001)
    assert is_elsewhere(SOMEBODY)
