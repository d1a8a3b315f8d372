"""Personal data at rest: which columns are sealed, who reads them, and that they are found all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Text, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Address, Details
from casework.lessons import Lesson, LessonSource
from storage.database import Database
from storage.engine import make_engine
from storage.sealing import MARK, KeyMissing, Keyring
from storage.tables import people, requests
from storage.tables_lessons import lessons
from storage.types import JsonText, SealedColumn, SearchKey, Words
from storage.upgrade import whole_metadata
from tests.conftest import KEYRING
from tests.storage.things import HOME, NOW, add

PHONE = "13812345678"
OLD, NEW = Keyring(["old"]), Keyring(["new"])
BOTH = Keyring(["new", "old"])
#: Words and documents that stay open, and why; docs/privacy.md tells it to people.
OPEN = {
    "organisations.name": "public",
    "organisations.items": "codes",
    "organisations.areas": "compounds",
    "organisations.phone": "an organisation's public phone",
    "organisations.intro": "public",
    "organisations.hours": "public",
    "requests.compound": "counted",
    "requests.building": "counted",
    "requests.hotlines": "public",
    "joint_needs.compound": "counted",
    "offers.parts": "codes and figures",
    "decisions.chosen": "ids",
    "decisions.options": "codes and figures",
    "decisions.left_out": "codes and figures",
    "decisions.weights": "figures",
    "ratings.reasons": "codes",
    "inbox.error": "kinds of errors",
    "outbox.error": "the messenger's errors",
    "community_state.paused_reason": "told to everybody",
    "broadcasts.text": "told to everybody",
    "evaluation_rounds.title": "public",
    "evaluation_forms.scores": "figures",
    "evaluation_results.points": "figures",
    "evaluation_results.voices": "figures",
    "prices.words": "public",
    "public_notices.figures": "public",
    "models.facts": "digests and moments",
    "audit.facts": "codes and figures; words are refused",
}


def test_words_are_sealed_unless_there_is_a_reason() -> None:
    columns = [column for table in whole_metadata().sorted_tables for column in table.columns]
    assert {str(c) for c in columns if isinstance(c.type, Words | JsonText)} == set(OPEN)


def test_each_column_is_sealed_for_itself() -> None:
    for table in whole_metadata().sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedColumn):
                assert column.type.purpose == str(column)
            if isinstance(column.type, SearchKey):
                assert isinstance(table.c[column.type.purpose.split(".")[1]].type, SealedColumn)


@pytest.mark.parametrize("ask", [lambda c: c == "x", lambda c: c.contains("x"), lambda c: c.desc()])
def test_a_sealed_column_is_not_compared(ask: object) -> None:
    with pytest.raises(TypeError, match="sealed"):
        ask(requests.c.description)  # type: ignore[operator]
    assert "IS NULL" in str(requests.c.description.is_(None))


async def test_the_database_holds_nothing_readable(db: Database, second_connection: AsyncEngine) -> None:
    async with db.transaction(HOME) as uow:
        request = await add(uow, details=Details(Address("阳光花园", "8", "2", "501"), PHONE, "明天"))
        await uow.commit()
    query = select(*[type_coerce(column, Text) for column in requests.c])
    async with second_connection.connect() as connection:
        stored = (await connection.execute(query)).one()
    for words in ("水管", "501", PHONE, "明天"):
        assert words not in str(stored)
    assert stored.phone.startswith(MARK)
    assert stored.place == "", "nothing is no secret"
    async with db.transaction(HOME) as uow:
        assert await uow.requests.get(request.id) == request


async def _database(url: str, ring: Keyring | None) -> Database:
    database = Database(url, keyring=ring)
    await database.open()
    return database


async def _add(url: str, ring: Keyring | None, number: str) -> None:
    database = await _database(url, ring)
    async with database.transaction(HOME) as uow:
        await add(uow, number, details=Details(Address("阳光花园"), PHONE))
        lesson = Lesson(0, HOME, "想剪头发", "a", "b", "hom_hair", LessonSource.CHOSEN, "admin", NOW)
        await uow.lessons.add(lesson)
        await uow.commit()
    await database.close()


async def test_what_was_written_under_any_key_or_none_is_found(empty_url: str) -> None:
    await _add(empty_url, None, "20261121-0001")
    await _add(empty_url, OLD, "20261121-0002")
    await _add(empty_url, BOTH, "20261121-0003")
    database = await _database(empty_url, BOTH)
    async with database.transaction(HOME) as uow:
        for text in (PHONE, "+86 138-1234-5678", "5678", "水管 阳光花园"):
            found = (await uow.requests.find(text)).requests
            assert [r.number[-1] for r in found] == ["3", "2", "1"], text
        assert {r.details.phone for r in found} == {PHONE}
        assert (await uow.requests.find("13812345679")).requests == []
        # The same lesson is kept once, however it is sealed.
        assert (await uow.lessons.counts()).waiting == 1
    engine = make_engine(database.url, keyring=BOTH)
    async with engine.connect() as connection:
        assert (await connection.execute(select(lessons.c.text))).scalars().all() == ["想剪头发"]
    await engine.dispose()
    await database.close()


async def test_a_database_is_opened_with_all_its_keys_only(empty_url: str) -> None:
    await (await _database(empty_url, OLD)).close()
    for ring in (None, NEW):
        with pytest.raises(KeyMissing) as missing:
            await _database(empty_url, ring)
        assert missing.value.key_id == OLD.first_id
    await (await _database(empty_url, BOTH)).close()
    with pytest.raises(KeyMissing):
        await _database(empty_url, OLD)
    await (await _database(empty_url, Keyring(["old", "new"]))).close()


async def test_without_a_key_what_is_sealed_is_refused_not_shown(
    db: Database, second_connection: AsyncEngine
) -> None:
    async with db.transaction(HOME) as uow:
        await add(uow)
        await uow.commit()
    keyless = make_engine(second_connection.url)
    async with keyless.connect() as connection:
        with pytest.raises(KeyMissing) as missing:
            (await connection.execute(select(requests.c.description))).all()
    await keyless.dispose()
    assert missing.value.key_id == KEYRING.first_id


async def test_without_a_key_nobody_can_write_what_looks_sealed(empty_url: str) -> None:
    database = await _database(empty_url, None)
    async with database.transaction(HOME) as uow:
        kept = await add(uow, description=f"{MARK}00000000:AAAA", created_at=NOW - timedelta(days=1))
        assert (await uow.requests.get(kept.id)).description == "s1:00000000:AAAA"  # type: ignore[union-attr]
    await database.close()


async def test_names_and_memories_are_sealed_as_a_whole(db: Database, second_connection: AsyncEngine) -> None:
    async with db.transaction(HOME) as uow:
        await uow.trackers.save(5, {"slots": {"phone": PHONE}})
        await uow.outbox.add(5, "SendMessage", {"text": PHONE}, file=("document", "a.txt", b"13812345678"))
        await uow.inbox.receive([{"update_id": 1, "message": {"chat": {"id": 5}, "text": PHONE}}])
        await uow.commit()
    async with second_connection.connect() as connection:
        for table in whole_metadata().sorted_tables:
            sealed = [c for c in table.columns if isinstance(c.type, SealedColumn)]
            stored = select(*[type_coerce(c, c.type.impl_instance) for c in sealed]) if sealed else None
            for row in [] if stored is None else await connection.execute(stored):
                assert PHONE not in "".join(v if isinstance(v, str) else repr(v) for v in row), table.name
        assert (await connection.execute(select(people.c.name))).all() == []
    async with db.transaction(HOME) as uow:
        assert await uow.trackers.load(5) == {"slots": {"phone": PHONE}}
        (item,) = await uow.outbox.claim(NOW, 1)
        assert (item.payload["text"], item.file) == (PHONE, ("document", "a.txt", b"13812345678"))
