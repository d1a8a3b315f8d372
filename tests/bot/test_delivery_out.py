"""Messages go out: in order, through every fault; nobody who blocked the bot is forgotten."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select, text, update

from bot.delivery import MOST_TRIES
from bot.dispatch import make_bot
from bot.limits import Limits
from storage.tables_delivery import outbox
from tests.bot.station import LEAD, RESIDENT, WORKER, Station

NEED = "想请人上门给我妈理发，8号楼2单元501，电话13812345678，明天上午"


async def _queue(station: Station, *texts: str, chat: int = RESIDENT, method: str = "SendMessage") -> None:
    async with station.app.db.transaction("fenghe") as uow:
        for text in texts:
            await uow.outbox.add(chat, method, {"chat_id": chat, "text": text})
        await uow.commit()


async def _try_once(station: Station) -> None:
    """One try and what became of it; nothing after its pause, however slow the machine."""
    sender = station.app.sender
    assert await sender.step() == 1
    await asyncio.wait(sender._on_the_way.values())
    assert await sender.step() == 0


@pytest.mark.parametrize("kind", ["429", "500", "502", "refuse"])
async def test_faults_delay_and_keep_the_order(station: Station, kind: str) -> None:
    await station.control("faults", kind=kind, method="sendMessage", times=1, seconds=1)
    await _queue(station, "一", "二", "三")
    await _try_once(station)
    assert [row.status for row in await station.outbox()] == ["pending"] * 3
    assert await station.heard() == []
    station.forward(120)
    await station.send()
    assert await station.heard() == ["一", "二", "三"]


async def test_lost_answer_repeats_a_message_and_loses_none(station: Station) -> None:
    await station.control("faults", kind="drop", method="sendMessage", times=1)
    await _queue(station, "一", "二")
    await station.send()
    station.forward(120)
    await station.send()
    heard = await station.heard()
    assert heard in (["一", "二"], ["一", "一", "二"])
    assert {row.status for row in await station.outbox()} == {"sent"}


async def test_refused_message_is_visible_and_stops_nobody(station: Station) -> None:
    await _queue(station, "<b", "好")
    async with station.app.db.transaction("fenghe") as uow:
        payload = {"chat_id": RESIDENT, "text": "<b>坏", "parse_mode": "HTML"}
        await uow.outbox.add(RESIDENT, "SendMessage", payload)
        await uow.commit()
    await _queue(station, "再见")
    await station.send()
    assert await station.heard() == ["<b", "好", "再见"]
    assert [row.status for row in await station.outbox()] == ["sent", "sent", "dead", "sent"]
    await station.say("/triage", WORKER)
    await station.go()
    assert str(RESIDENT) in "\n".join(await station.heard(WORKER))


async def test_edit_that_changes_nothing_is_done(station: Station) -> None:
    await _queue(station, "一")
    await station.send()
    message_id = max(station.playground.world.chat(RESIDENT).entries)
    async with station.app.db.transaction("fenghe") as uow:
        payload = {"chat_id": RESIDENT, "message_id": message_id, "text": "一"}
        await uow.outbox.add(RESIDENT, "EditMessageText", payload)
        await uow.commit()
    await station.send()
    assert {row.status for row in await station.outbox()} == {"sent"}
    assert await station.heard() == ["一"]


async def test_edit_of_a_message_that_is_gone_is_sent_anew(station: Station) -> None:
    async with station.app.db.transaction("fenghe") as uow:
        payload = {"chat_id": RESIDENT, "message_id": 12345, "text": "新的"}
        await uow.outbox.add(RESIDENT, "EditMessageText", payload)
        await uow.outbox.add(RESIDENT, "EditMessageReplyMarkup", {"chat_id": RESIDENT, "message_id": 12345})
        await uow.commit()
    await station.send()
    assert await station.heard() == ["新的"]
    assert {row.status for row in await station.outbox()} == {"sent"}


async def test_blocked_lead_is_told_of_and_hears_all_when_back(station: Station) -> None:
    await station.say(NEED)
    await station.go()
    await station.press("提交")
    await station.control("block", **{"from": LEAD})
    await station.go()
    assert await station.heard(LEAD) == []
    parked = await station.outbox(chat_id=LEAD, status="blocked")
    assert parked
    assert any("李师傅" in words for words in await station.heard(WORKER))
    await station.control("start", **{"from": LEAD})
    await station.go()
    heard = "\n".join(await station.heard(LEAD))
    assert station.app.frame.texts.plain("button-accept") in str(station.playground.world.chat(LEAD).shown(0))
    assert heard
    assert await station.outbox(chat_id=LEAD, status="blocked") == []


async def test_block_is_noticed_while_sending(station: Station) -> None:
    await station.say("/help")
    await station.go()
    # Blocked without an update that says so, as after an outage.
    station.playground.world.persons[RESIDENT].blocked = True
    await _queue(station, "一", "二")
    await station.send()
    assert [row.status for row in await station.outbox(chat_id=RESIDENT)][-2:] == ["blocked", "blocked"]
    async with station.app.db.transaction("fenghe", read_only=True) as uow:
        person = await uow.people.get(RESIDENT)
    assert person is not None
    assert not person.reachable
    await station.control("start", **{"from": RESIDENT})
    await station.go()
    assert (await station.heard())[1:3] == ["一", "二"]


async def _tried(station: Station, times: int) -> None:
    """As if the first row had failed so often."""
    async with station.reading.begin() as connection:
        first = (await connection.execute(select(func.min(outbox.c.id)))).scalar_one()
        await connection.execute(update(outbox).where(outbox.c.id == first).values(attempts=times))


async def test_row_that_never_goes_through_gives_way_when_others_do(station: Station) -> None:
    await station.control("faults", kind="500", method="sendMessage", times=1)
    await _queue(station, "一", "二")
    await _tried(station, MOST_TRIES - 1)
    await station.app.poller.fetch()
    await station.send()
    assert await station.heard() == ["二"]
    assert [row.status for row in await station.outbox()] == ["dead", "sent"]


async def test_outage_however_long_kills_no_row(station: Station) -> None:
    await station.control("faults", kind="refuse", method="sendMessage", times=1)
    await _queue(station, "一", "二")
    await _tried(station, MOST_TRIES * 10)
    await station.send()
    assert [row.status for row in await station.outbox()] == ["pending", "pending"]
    station.forward(120)
    await station.send()
    assert await station.heard() == ["一", "二"]


async def test_revoked_token_keeps_everything_waiting(station: Station) -> None:
    messenger, settings = station.app.messenger, station.app.settings
    good, messenger.bot = messenger.bot, make_bot(settings.model_copy(update={"token": "10001:revoked"}))
    await _queue(station, "一", "二")
    await _queue(station, "三", chat=WORKER)
    await station.send()
    assert {row.status for row in await station.outbox()} == {"pending"}
    await messenger.bot.session.close()
    messenger.bot = good
    station.forward(120)
    await station.send()
    assert await station.heard() == ["一", "二"]
    assert await station.heard(WORKER) == ["三"]


async def test_fate_that_cannot_be_written_down_stops_nobody(station: Station, engine_name: str) -> None:
    if engine_name == "postgresql":
        pytest.skip("the fault is a trigger in SQLite's own words; the code is the same")
    await station.say("/start")
    await station.go()
    async with station.reading.begin() as connection:
        fault = "CREATE TRIGGER jam BEFORE UPDATE ON people BEGIN SELECT RAISE(ABORT, 'jam'); END"
        await connection.execute(text(fault))
    before = len(await station.heard(WORKER))
    station.playground.world.persons[RESIDENT].blocked = True
    await _queue(station, "一")
    running = asyncio.create_task(station.app.sender.run())
    try:
        async with asyncio.timeout(60):
            while not await station.outbox(chat_id=RESIDENT, status="blocked"):
                assert not running.done()
                await asyncio.sleep(0.05)
            await _queue(station, "二", chat=WORKER)
            station.app.sender.wake.set()
            while len(await station.heard(WORKER)) == before:
                assert not running.done()
                await asyncio.sleep(0.05)
    finally:
        running.cancel()
        async with station.reading.begin() as connection:
            await connection.execute(text("DROP TRIGGER jam"))


def test_many_refusals_at_once_pause_the_whole_bot_for_a_moment() -> None:
    now = [0.0]
    limits = Limits(30, lambda: now[0])
    for chat in (1, 2):
        limits.rest(chat, 3600)
    assert limits.room() > 0
    limits.rest(3, 3600)
    assert limits.room() == 0
    now[0] += 31
    assert limits.room() > 0
    assert limits.resting() == {1, 2, 3}
    # One chat told again and again is that chat's matter.
    for _ in range(5):
        limits.rest(4, 1)
    assert limits.room() > 0


async def test_deferred_row_becomes_a_file(station: Station) -> None:
    await station.say("/export", WORKER)
    await station.go()
    for button in ("30天", "全部", "导出"):
        if await station.outbox(method="Deferred"):
            break
        await station.press(button, WORKER)
        await station.go()
    assert [row.status for row in await station.outbox(method="Deferred")] == ["sent"]
    documents = [
        entry["message"]["document"]["file_name"]
        for entry in station.playground.world.chat(WORKER).shown(0)["entries"]
        if "document" in entry["message"]
    ]
    assert documents
    assert documents[0].endswith(".xlsx")


async def test_timer_moves_an_unanswered_offer_on(station: Station) -> None:
    await station.say(NEED)
    await station.go()
    await station.press("提交")
    await station.go()
    first = len(await station.heard(LEAD))
    station.forward(25 * 3600)
    while await station.app.jobs.step():
        pass
    await station.send()
    assert len(await station.heard(LEAD)) > first


async def test_bad_timer_does_not_hold_up_the_others(station: Station) -> None:
    from sqlalchemy import update

    from storage.tables_notes import timers

    for _ in range(2):
        await station.say(NEED)
        await station.go()
        await station.press("提交")
        await station.go()
    rows = [row for row in await station.rows(timers) if row.offer_id is not None]
    assert rows
    async with station.reading.begin() as connection:
        bad = update(timers).where(timers.c.id == rows[0].id).values(kind="repeat_emergency")
        await connection.execute(bad)
    station.forward(25 * 3600)
    while await station.app.jobs.step():
        pass
    left = [
        row.id
        for row in await station.rows(timers)
        if row.fired_at is None and row.id in {r.id for r in rows}
    ]
    assert left == []


async def test_each_audience_has_its_commands(station: Station) -> None:
    for who in (RESIDENT, LEAD, WORKER):
        await station.say("/help", who)
    await station.go()
    profile = station.playground.world.profile
    seen = {who: {c["command"] for c in profile.commands_in(who, who, "zh")} for who in (LEAD, WORKER)}
    assert "tasks" in seen[LEAD]
    assert "triage" not in seen[LEAD]
    assert {"triage", "my"} <= seen[WORKER]
    assert await station.outbox(method="SetMyCommands", chat_id=RESIDENT) == []
