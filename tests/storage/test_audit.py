"""The audit only grows, hangs together, and shows where somebody meddled with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.audit import Act, AuditEntry
from casework.permissions import Role
from storage.chain import NO_KEYS, Verdict, verify
from storage.database import Database
from tests.conftest import forget_audit
from tests.storage.things import HOME


async def note(db: Database, act: Act = Act.OPENED, actor: int = 7, **facts: int | str) -> None:
    async with db.transaction(HOME) as uow:
        uow.audit.note(act, actor, Role.LEAD, 1, **facts)
        await uow.commit()


async def verdict(db: Database, anchor: tuple[int, str] | None = None) -> Verdict:
    async with db.transaction(HOME, read_only=True) as uow:
        found = await verify(HOME, uow.audit.links(), await uow.audit.head(), uow.audit.keys, anchor)
    assert found.unreadable == 0
    return found


async def test_entries_come_back_newest_first(db: Database) -> None:
    await note(db, organisation=3)
    async with db.transaction(HOME) as uow:
        uow.audit.note(Act.MUTED, 9, Role.ADMIN, person=12)
        uow.audit.note(Act.OPENED, 8, Role.LEAD, 1)
        uow.audit.note(Act.OPENED, 8, Role.LEAD, 1)
        await uow.commit()
    async with db.transaction(HOME) as uow:
        newest = await uow.audit.newest(2)
        assert [(e.seq, e.act, e.actor_id, e.role, e.request_id) for e in newest] == [
            (3, "opened", 8, "lead", 1),
            (2, "muted", 9, "admin", None),
        ]
        assert newest[1].facts == {"person": 12}
        older = await uow.audit.newest(2, before=2)
        assert [(e.seq, e.facts) for e in older] == [(1, {"organisation": 3})]
        assert [e.seq for e in await uow.audit.of_request(1)] == [3, 1]
        assert [e.seq for e in await uow.audit.of_request(1, before=3)] == [1]
    async with db.transaction("moonlit") as uow:
        assert await uow.audit.newest() == []
    assert (await verdict(db)).broken_at is None


async def test_only_what_commits_is_kept(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        uow.audit.note(Act.OPENED, 8, Role.LEAD, 1)
    async with db.transaction(HOME) as uow:
        assert await uow.audit.newest() == []


async def test_who_only_reads_is_kept_as_well(db: Database) -> None:
    async with db.transaction(HOME, read_only=True) as uow:
        uow.audit.note(Act.EXPORTED, 8, Role.ADMIN, kind="needs", count=3)
    async with db.transaction(HOME) as uow:
        assert [e.facts for e in await uow.audit.newest()] == [{"kind": "needs", "count": 3}]


@pytest.mark.parametrize("words", ["13812345678", "王秀英", "501室", "a b", "Li"])
async def test_words_are_refused(db: Database, words: str) -> None:
    async with db.transaction(HOME) as uow:
        with pytest.raises(ValueError, match="codes and numbers"):
            uow.audit.note(Act.OPENED, 8, Role.LEAD, 1, name=words)


@pytest.mark.parametrize("change", ["UPDATE audit SET actor_id = 1", "DELETE FROM audit"])
async def test_the_database_refuses_to_change_it(
    db: Database, second_connection: AsyncEngine, change: str
) -> None:
    await note(db)
    with pytest.raises(DBAPIError, match="the audit only grows"):
        async with second_connection.begin() as connection:
            await connection.execute(text(change))
    over = "INSERT OR REPLACE INTO" if second_connection.dialect.name == "sqlite" else "TRUNCATE"
    rest = " audit SELECT * FROM audit" if over.startswith("INSERT") else " audit"
    with pytest.raises(DBAPIError, match="the audit only grows"):
        async with second_connection.begin() as connection:
            await connection.execute(text(over + rest))
    assert (await verdict(db)).seq == 1


Rows = list[dict[str, Any]]


async def meddle(engine: AsyncEngine, change: Callable[[Rows], Rows]) -> None:
    """As somebody could who owns the database: past the triggers."""
    async with engine.begin() as connection:
        found = await connection.execute(text("SELECT * FROM audit ORDER BY seq"))
        rows = change([dict(row) for row in found.mappings()])
        await forget_audit(connection)
        for row in rows:
            insert = f"INSERT INTO audit ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)})"
            await connection.execute(text(insert), row)


def somebody_else(rows: Rows) -> Rows:
    return [{**row, "actor_id": 99} if row["seq"] == 3 else row for row in rows]


def one_gone(rows: Rows) -> Rows:
    return [row for row in rows if row["seq"] != 3]


def the_end_gone(rows: Rows) -> Rows:
    return rows[:2]


def gone_and_counted_anew(rows: Rows) -> Rows:
    return [{**row, "seq": n} for n, row in enumerate(one_gone(rows), start=1)]


def linked_anew(rows: Rows) -> Rows:
    """Every hash after the change is computed again, as well as one can who lacks the key."""
    previous = rows[1]["hash"]
    for row in somebody_else(rows)[2:]:
        at = row["at"] if isinstance(row["at"], datetime) else datetime.fromisoformat(row["at"] + "+00:00")
        entry = AuditEntry(row["seq"], at, row["act"], row["actor_id"], row["role"], row["request_id"], {})
        made = NO_KEYS.link(HOME, entry, previous, "")
        rows[row["seq"] - 1] = {**row, "previous": previous, "hash": made, "key_id": ""}
        previous = made
    return rows


MEDDLING = {
    somebody_else: (3, "changed"),
    one_gone: (3, "missing"),
    the_end_gone: (3, "cut"),
    gone_and_counted_anew: (3, "unlinked"),
    linked_anew: (3, "unkeyed"),
}


@pytest.mark.parametrize("change", list(MEDDLING), ids=lambda change: change.__name__)
async def test_meddling_shows(
    db: Database, second_connection: AsyncEngine, change: Callable[[Rows], Rows]
) -> None:
    for _ in range(5):
        await note(db)
    assert (await verdict(db)).broken_at is None
    await meddle(second_connection, change)
    found = await verdict(db)
    assert (found.broken_at, found.why) == MEDDLING[change]


async def test_an_anchor_tells_what_the_database_cannot(db: Database, second_connection: AsyncEngine) -> None:
    for _ in range(4):
        await note(db)
    good = await verdict(db)
    anchor = good.seq, good.hash
    await note(db)
    assert (await verdict(db, anchor)).broken_at is None
    await meddle(second_connection, lambda rows: rows[:2])
    async with second_connection.begin() as connection:
        await connection.execute(
            text("UPDATE audit_heads SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2)")
        )
    assert (await verdict(db)).broken_at is None
    assert (await verdict(db, anchor)).why == "cut"


async def test_many_at_once_make_one_chain(db: Database) -> None:
    async def some(actor: int) -> None:
        for _ in range(5):
            await note(db, actor=actor)

    await asyncio.gather(*[some(actor) for actor in range(6)])
    found = await verdict(db)
    assert (found.broken_at, found.seq) == (None, 30)
