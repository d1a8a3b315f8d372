"""A statement that comes again returns what it returned through SQLAlchemy, on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.repeated import Rows, execute, stepped
from storage.repositories.base import inserting
from storage.tables_delivery import inbox

HERE = "riverside"
AT = datetime(2026, 3, 1, 12, 30, 0, 5, tzinfo=UTC)
_I = inbox.c
_ALL = select(inbox).where(_I.community_id == bindparam("community")).order_by(_I.id)
_SOME = _ALL.where(_I.chat_id.in_(bindparam("chats", expanding=True)))
_TOUCH = update(inbox).where(_I.chat_id == bindparam("chat")).values(error=bindparam("why"))
_OURS = {"community": HERE}


def _row(number: int) -> dict[str, object]:
    told = {"update_id": number, "message": {"text": "水管漏了 \u0000 😀"}}
    return {
        "community_id": HERE,
        "update_id": number,
        "chat_id": number % 3,
        "raw": told,
        "status": "pending",
        "attempts": 0,
        "error": "",
        "received_at": AT.astimezone(timezone(timedelta(hours=8))),
        "turn": 0,
    }


@pytest.fixture
async def connection(db: Database) -> AsyncIterator[AsyncConnection]:
    """A connection of one open transaction, with six rows in the inbox."""
    async with db.transaction(HERE) as uow:
        for number in range(6):
            await execute(uow._scope.connection, inserting(inbox), _row(number))
        yield uow._scope.connection


async def test_rows_are_those_of_the_first_time(connection: AsyncConnection) -> None:
    first, *later = [await execute(connection, _ALL, _OURS) for _ in range(3)]
    whole = first.all()
    assert len(whole) == 6
    assert whole[4].received_at == AT
    for again in later:
        assert isinstance(again, Rows)
        assert [dict(row._mapping) for row in again] == [dict(row._mapping) for row in whole]
        assert [(row.chat_id, row.raw, row.retry_at) for row in again.all()] == [
            (row.chat_id, row.raw, row.retry_at) for row in whole
        ]


async def test_a_statement_made_of_a_known_one_is_another(connection: AsyncConnection) -> None:
    for _ in range(3):
        await execute(connection, _ALL, _OURS)
    for _ in range(3):
        narrower = _ALL.where(_I.update_id > bindparam("above"))
        found = await execute(connection, narrower, {**_OURS, "above": 3})
        assert [row.update_id for row in found] == [4, 5]


async def test_lists_of_any_length_are_filled_in(connection: AsyncConnection) -> None:
    for chats, count in (([0, 1], 4), ([1], 2), ([], 0), ([2, 0], 4), (list(range(20)), 6), ([0, 1, 2], 6)):
        for _ in range(2):
            found = await execute(connection, _SOME, {**_OURS, "chats": chats})
            assert len(found.all()) == count, chats


async def test_what_is_no_list_is_filled_in_as_well(connection: AsyncConnection) -> None:
    for chats, count in (((), 0), ((0, 1), 4), ((1,), 2), (frozenset({2}), 2), ((), 0)):
        for _ in range(3):
            found = await execute(connection, _SOME, {**_OURS, "chats": chats})
            assert len(found.all()) == count, chats


async def test_changed_rows_are_counted(connection: AsyncConnection) -> None:
    for why in ("one", "two", "three"):
        assert (await execute(connection, _TOUCH, {"chat": 2, "why": why})).rowcount == 2
    assert {row.error for row in await execute(connection, _ALL, _OURS) if row.chat_id == 2} == {"three"}


async def test_errors_are_sqlalchemys(connection: AsyncConnection) -> None:
    with pytest.raises(IntegrityError):
        await execute(connection, inserting(inbox), _row(5))


async def test_a_transaction_that_only_repeats_keeps_and_undoes(db: Database) -> None:
    for number in range(3):
        async with db.transaction(HERE) as uow:
            await execute(uow._scope.connection, inserting(inbox), _row(number))
            await uow.commit()
        async with db.transaction(HERE) as uow:
            await execute(uow._scope.connection, inserting(inbox), _row(100 + number))
    async with db.transaction(HERE) as uow:
        assert [row.update_id for row in await execute(uow._scope.connection, _ALL, _OURS)] == [0, 1, 2]


async def test_long_lists_find_the_same_rows_with_few_lengths(connection: AsyncConnection) -> None:
    assert [len(stepped(range(n))) for n in (0, 1, 2, 3, 5, 8, 9, 100)] == [0, 1, 2, 4, 8, 8, 16, 128]
    assert stepped([3, 1, 3]) == [1, 3]
    for chats in ([], [0], [0, 2], [2, 0, 7, 8, 9], list(range(1, 60))):
        for _ in range(3):
            rows = await execute(connection, _SOME, {**_OURS, "chats": stepped(chats)})
            assert {row.chat_id for row in rows} == {0, 1, 2} & set(chats)
            assert len(list(rows if isinstance(rows, Rows) else ())) in (0, 2 * len({0, 1, 2} & set(chats)))
