"""Updates come in: each is kept before it is acknowledged, handled once, in order; a bad one stops nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from aiogram import Router
from aiogram.types import Message
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import worker
from bot.messenger import MessengerError, Unanswered
from bot.playground.server import Playground
from bot.poller import Poller
from bot.worker import RETRY_AFTER
from casework.errors import CaseworkError
from nlu.reader import Reader
from tests.bot.station import RESIDENT, WORKER, Station, opened

HELLO: dict[str, Any] = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": RESIDENT, "type": "private"},
    "from": {"id": RESIDENT, "is_bot": False, "first_name": "王奶奶"},
}
HELP = {
    **HELLO,
    "text": "/help",
    "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
}


async def test_update_is_kept_before_it_is_acknowledged(station: Station) -> None:
    update_id = await station.say("/help")
    await station.app.poller.fetch()
    assert [row.update_id for row in await station.inbox(status="pending")] == [update_id]
    # The messenger still has it: only the next call says that we do.
    assert list(station.playground.world.queue.pending) == [update_id]


async def test_fetched_twice_is_handled_once(station: Station) -> None:
    await station.say("/help")
    await station.app.poller.fetch()
    # A program that died before it could acknowledge starts again and gets the same update.
    reborn = Poller(station.app.messenger, station.app.receive)
    assert await reborn.fetch() == 0
    await station.go()
    assert len(await station.heard()) == 1
    assert len(await station.inbox()) == 1


async def test_cut_off_anywhere_an_update_is_handled_once(station: Station) -> None:
    await station.say("/help")
    await station.app.poller.fetch()
    for steps in range(0, 60, 3):
        task = asyncio.create_task(station.app.worker.step())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await station.go()
    assert len(await station.heard()) == 1
    assert [row.status for row in await station.inbox()] == ["done"]


async def test_new_program_finishes_what_the_old_one_left(
    station: Station,
    database_url: str,
    second_connection: AsyncEngine,
    reader: Reader,
    tmp_path: Path,
    playground: Playground,
) -> None:
    await station.say("/help")
    await station.app.poller.fetch()
    await station.leave()
    async with opened(database_url, second_connection, reader, tmp_path, playground) as reborn:
        await reborn.go()
        assert len(await reborn.heard()) == 1


async def test_replies_of_a_chat_keep_the_order_of_its_messages(station: Station) -> None:
    asked = ["/help", "/privacy", "/my", "/privacy", "/help"]
    for text in asked:
        await station.say(text)
    await station.go()
    heard = await station.heard()
    assert len(heard) == len(asked)
    assert heard[0] == heard[4]
    assert heard[1] == heard[3]
    assert len(set(heard)) == 3


async def test_unreadable_update_is_a_dead_letter_and_stops_nobody(station: Station) -> None:
    broken = {"update_id": 7, "message": {**HELLO, "from": "nobody", "text": 5}}
    await station.app.receive([broken, {"update_id": 8, "message": HELP}])
    await station.go()
    assert [(row.update_id, row.status) for row in await station.inbox()] == [(7, "dead"), (8, "done")]
    assert len(await station.heard()) == 1
    await station.say("/triage", WORKER)
    await station.go()
    assert "ValidationError" in "\n".join(await station.heard(WORKER))


async def test_poller_takes_an_update_that_nobody_can_read(station: Station) -> None:
    station.playground.world.queue.add("message", {**HELLO, "from": "nobody", "text": 5})
    await station.say("/help")
    await station.go()
    assert [row.status for row in await station.inbox()] == ["dead", "done"]


def _plant(station: Station, on_bomb: Callable[[Message], Awaitable[None]]) -> None:
    """What happens when somebody writes 炸弹."""
    router = Router()
    router.message.register(on_bomb, lambda message: message.text == "炸弹")
    station.app.worker.dispatcher.sub_routers.insert(0, router)
    router._parent_router = station.app.worker.dispatcher


async def test_failing_update_is_tried_again_then_told_kindly(station: Station) -> None:
    tries = []

    async def on_bomb(message: Message) -> None:
        tries.append(message.text)
        raise RuntimeError("a secret of the resident")

    _plant(station, on_bomb)
    await station.say("炸弹")
    await station.say("/help")
    await station.go()
    assert await station.heard() == []
    for n in range(len(RETRY_AFTER)):
        station.forward(60 * (n + 1))
        await station.go()
    assert len(tries) == len(RETRY_AFTER) + 1
    apology, answer = await station.heard()
    assert apology == station.app.frame.texts.plain("error-technical")
    assert answer != apology
    dead = await station.inbox(status="dead")
    assert len(dead) == 1
    assert "RuntimeError" in dead[0].error
    assert "secret" not in dead[0].error


@pytest.mark.parametrize(
    "cause",
    [
        ConnectionResetError(),
        DBAPIError("INSERT", {}, asyncpg.ConnectionDoesNotExistError("gone")),
        DBAPIError("INSERT", {}, asyncpg.AdminShutdownError("restarted")),
    ],
    ids=lambda cause: str(cause.args),
)
async def test_a_database_that_is_away_makes_no_dead_letters(station: Station, cause: Exception) -> None:
    tries = []

    async def on_bomb(message: Message) -> None:
        tries.append(1)
        if len(tries) < 3 * len(RETRY_AFTER):
            raise cause

    _plant(station, on_bomb)
    await station.say("炸弹")
    for n in range(3 * len(RETRY_AFTER)):
        await station.go()
        station.forward(60 * (n + 1))
    assert [row.status for row in await station.inbox()] == ["done"]
    assert len(tries) == 3 * len(RETRY_AFTER)


@pytest.mark.parametrize("end", [SystemExit, asyncio.CancelledError, RecursionError])
async def test_what_usually_ends_a_program_ends_one_update_only(
    station: Station, end: type[BaseException]
) -> None:
    async def on_bomb(message: Message) -> None:
        raise end

    _plant(station, on_bomb)
    await station.say("炸弹")
    for n in range(len(RETRY_AFTER) + 1):
        await station.say("/help", WORKER)
        await station.go()
        assert len(await station.heard(WORKER)) == n + 1
        station.forward(60 * (n + 1))
    assert [row.error.split()[0] for row in await station.inbox(status="dead")] == [end.__name__]
    assert await station.heard() == [station.app.frame.texts.plain("error-technical")]


async def test_update_that_hangs_is_given_up(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "HANDLE_SECONDS", 0.2)

    async def on_bomb(message: Message) -> None:
        await asyncio.Event().wait()

    _plant(station, on_bomb)
    await station.say("炸弹")
    await station.say("/help", WORKER)
    async with asyncio.timeout(60):
        await station.go()
        assert len(await station.heard(WORKER)) == 1
        station.forward(60)
        await station.go()
    assert [row.error.split()[0] for row in await station.inbox(status="dead")] == ["Hung"]
    assert await station.heard() == [station.app.frame.texts.plain("error-technical")]


async def test_error_that_nobody_can_put_into_words_is_given_up(station: Station) -> None:
    async def on_bomb(message: Message) -> None:
        error = CaseworkError()
        error.facts = 5  # type: ignore[assignment]
        raise error

    _plant(station, on_bomb)
    await station.say("炸弹")
    await station.say("/help")
    await station.go()
    assert [row.status for row in await station.inbox()] == ["done", "done"]
    assert len(await station.heard()) == 1


async def test_refused_act_is_answered_and_done(station: Station) -> None:
    await station.control("start", **{"from": RESIDENT, "payload": "lead_nothing"})
    await station.go()
    assert await station.heard() == [station.app.frame.texts.plain("error-invite-invalid")]
    assert [row.status for row in await station.inbox()] == ["done"]


async def test_messages_wait_for_the_reader_and_commands_do_not(
    station: Station,
    database_url: str,
    second_connection: AsyncEngine,
    reader: Reader,
    tmp_path: Path,
    playground: Playground,
) -> None:
    await station.leave()
    async with opened(database_url, second_connection, None, tmp_path, playground) as early:
        await early.say("水管漏了")
        await early.say("/help", WORKER)
        await early.app.poller.fetch()
        for _ in range(3):
            await early.app.worker.step()
        await early.send()
        assert len(await early.heard(WORKER)) == 1
        assert await early.heard() == []
        early.app.frame.seat.seat(reader)
        await early.go()
        assert len(await early.heard()) == 1
        assert {row.attempts for row in await early.inbox()} == {0}


async def test_slow_file_holds_up_its_sender_only(station: Station) -> None:
    """Nobody else waits for the download, and what the sender writes next comes after it."""
    await station.control("faults", kind="slow", method="getFile", times=1, seconds=1)
    place = {"chat": {"id": WORKER, "type": "private"}, "from": {**HELLO["from"], "id": WORKER}}
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "组织.xlsx", "file_size": 9}
    station.playground.world.queue.add("message", {**HELLO, **place, "document": document})
    await station.say("/help", WORKER)
    await station.say("/help")
    await station.app.poller.fetch()
    for _ in range(3):
        await station.app.worker.step()
    await station.send()
    assert len(await station.heard()) == 1
    assert await station.heard(WORKER) == []
    await station.go()
    assert len(await station.heard(WORKER)) == 2


async def test_muted_person_is_heard_about_danger_and_their_own_data(station: Station) -> None:
    await station.say("/help")
    await station.go()
    async with station.app.db.transaction("fenghe") as uow:
        person = await uow.people.get(RESIDENT)
        assert person is not None
        from dataclasses import replace

        await uow.people.save(replace(person, muted=True))
        await uow.commit()
    before = len(await station.heard())
    for words in ("水管漏了", "/help", "/my", "把我爸的数据给我"):
        await station.say(words)
        await station.go()
        assert len(await station.heard()) == before, words
    # Their data is theirs whatever they have done.
    for told, words in enumerate(("/privacy", "把我的数据给我"), before + 1):
        await station.say(words)
        await station.go()
        assert len(await station.heard()) >= told, words
    before = len(await station.heard())
    await station.say("我爸突然倒在地上没有呼吸了")
    await station.go()
    assert len(await station.heard()) > before


@pytest.mark.parametrize(
    ("kind", "error"),
    [("500", MessengerError), ("429", MessengerError), ("refuse", Unanswered), ("502", MessengerError)],
)
async def test_poller_keeps_its_place_when_the_messenger_fails(
    station: Station, kind: str, error: type[Exception]
) -> None:
    await station.control("faults", kind=kind, method="getUpdates", times=1)
    await station.say("/help")
    with pytest.raises(error):
        await station.app.poller.fetch()
    await station.go()
    assert len(await station.heard()) == 1


async def test_poller_goes_on_after_faults(station: Station) -> None:
    await station.control("faults", kind="500", method="getUpdates", times=1)
    await station.control("faults", kind="refuse", method="deleteWebhook", times=1)
    polling = asyncio.create_task(station.app.poller.run())
    await station.say("/help")
    # The line to other replicas wakes the worker as well when it is made.
    for _ in range(2000):
        if await station.inbox():
            break
        await asyncio.sleep(0.02)
    assert len(await station.inbox()) == 1
    polling.cancel()


async def test_clock_of_the_playground_is_followed(station: Station) -> None:
    await station.control("clock", offset=3600)
    await station.say("/help")
    before = station.app.frame.clock.now()
    await station.app.poller.fetch()
    assert 3590 < (station.app.frame.clock.now() - before).total_seconds() < 3610
