"""A whole story with every fault in it: the log, the figures and the dead letters tell of nobody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import text

from bot.logs import hush, make_handler
from bot.showings import fold_showings
from casework.permissions import Role
from casework.promises.schedules import Schedule, ScheduleKind
from casework.sight import Showing, ShowingKind
from storage.tables import requests
from storage.tables_delivery import inbox, outbox
from tests.bot.station import LEAD, WORKER, Station
from tests.bot.test_at_rest import NAME, PHONE, _seen_in, _story
from tests.bot.test_watching import watched
from tests.playground.pictures import png

DAY = 24 * 3600


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Everything that is logged at all, as the program would write it."""
    stream, root = StringIO(), logging.getLogger()
    handler, level = make_handler("json", stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    hush()
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


async def _poison(station: Station, person: int) -> None:
    """Updates that cannot be read, and one that cannot be handled because a table is away."""
    user = {"id": person, "is_bot": False, "first_name": NAME}
    chat = {"id": person, "type": "private", "first_name": NAME}
    head = {"date": 1, "chat": chat, "from": user, "text": f"我电话{PHONE}，遮眼睛"}
    wrong = [{"message_id": f"x{PHONE}", **head}, {"message_id": 1, **head, "entities": [{"type": NAME}]}]
    updates = [{"update_id": 10**6 + n, "message": message} for n, message in enumerate(wrong)]
    await station.app.db.receive(updates, station.app.frame.community.id)
    await station.handle()
    async with station.reading.begin() as connection:
        await connection.execute(text("ALTER TABLE requests RENAME TO requests_away"))
    await station.say(f"我电话{PHONE}，遮眼睛", person)
    await station.say(f"/find {PHONE}", WORKER)
    await station.handle()
    async with station.reading.begin() as connection:
        await connection.execute(text("ALTER TABLE requests_away RENAME TO requests"))
    station.forward(60)
    await station.control("faults", kind="429", method="sendMessage", times=1, seconds=1)
    await station.go()
    station.forward(DAY // 2)
    await station.go()


def _standing(station: Station, who: int) -> str:
    """All that stands in a private chat, as the messenger shows it."""
    shown: list[dict[str, Any]] = station.playground.world.chat(who).shown(0)["entries"]
    return json.dumps([e["message"] for e in shown if e["by_bot"] and not e["deleted"]], ensure_ascii=False)


async def test_log_figures_and_dead_letters_tell_of_nobody(station: Station, log: StringIO) -> None:
    person = await _story(station)
    await _poison(station, person)
    async with watched(station) as client, client.get("/metrics") as response:
        scraped = await response.text()
    lines = log.getvalue()
    assert len(lines.splitlines()) > 20
    assert _seen_in(lines) == []
    assert _seen_in(scraped) == []
    assert "linying_updates_total" in scraped
    faults = [row.error for row in await station.inbox() if row.error]
    faults += [row.error for row in await station.outbox() if row.error]
    assert faults, "nothing failed that should have"
    assert _seen_in(faults) == []


async def test_the_messenger_has_it_folded_a_week_after_the_end(station: Station) -> None:
    person = await _story(station)
    first = (await station.rows(requests))[0]
    async with station.app.db.transaction(station.app.frame.community.id) as uow:
        photo = {"chat_id": LEAD, "caption": f"{NAME}家的厨房"}
        file = ("photo", "kitchen.png", png())
        await uow.outbox.add(LEAD, "SendPhoto", photo, file=file, reveals=first.id)
        now = station.app.frame.clock.now()
        # Somebody deleted this one from their chat.
        await uow.showings.add(Showing(LEAD, 1, first.id, ShowingKind.TEXT, now, now + timedelta(days=7)))
        await uow.commit()
    await station.say(f"/task {first.number}", LEAD)
    await station.go()
    before = _standing(station, LEAD)
    assert {"phone", "room", "need"} <= set(_seen_in(before))
    assert '"contact"' in before
    for days in (2, 8):
        station.forward(days * DAY - 1800)
        async with station.app.db.transaction(station.app.frame.community.id) as uow:
            context = station.app.frame.context(uow)
            await fold_showings(context, Schedule(ScheduleKind.FOLD_SHOWINGS, 0, context.now))
            await uow.commit()
        await station.send()
        assert '"contact"' not in _standing(station, LEAD)
    after = _standing(station, LEAD)
    # What the lead wrote themselves may stay.
    assert set(_seen_in(after)) - {"report"} == set()
    assert after.count("原话已经收起") == 1
    assert "这份材料已经收起" in after
    assert after.count('"photo"') == before.count('"photo"') == 1
    assert {"phone", "room"} <= set(_seen_in(_standing(station, person)))
    async with station.app.db.transaction(station.app.frame.community.id, read_only=True) as uow:
        seen = [e for e in await uow.audit.newest(50) if e.role == Role.LEAD.value]
    assert {e.act for e in seen} >= {"accepted", "opened"}
    assert {row.status for row in await station.rows(outbox)} <= {"sent", "pending"}
    assert {row.status for row in await station.rows(inbox)} == {"done"}
