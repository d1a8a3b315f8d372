"""One id leads from an update to the messages it caused and to their sending, and the log tells only ids."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from bot.settings import Settings
from bot.worker import log as worker_log
from storage.database import Database
from storage.tracing import following, trace
from tests.bot.station import LEAD, Station

PHONE, ROOM, WORDS = "13812345678", "1907", "厨房水龙头关不死一直滴水"


@pytest.fixture(params=["text", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[tuple[str, io.StringIO]]:
    """The log of everything of ours, as the program would write it."""
    stream = io.StringIO()
    handler = logs.make_handler(request.param, stream)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield request.param, stream
    root.removeHandler(handler)
    root.setLevel(before)


def _about(form: str, said: str, name: str) -> list[str]:
    """The messages of the lines under this id."""
    if form == "json":
        lines = [json.loads(line) for line in said.splitlines()]
        return [line["message"] for line in lines if line["trace"] == name]
    return [line.split(f"[{name}] ")[1] for line in said.splitlines() if f"[{name}]" in line]


async def test_a_message_is_followed_from_its_update_to_its_sending(
    station: Station, written: tuple[str, io.StringIO]
) -> None:
    form, stream = written
    first = await station.say(f"{WORDS}，11号楼4单元{ROOM}，电话{PHONE}")
    second = await station.say("你好", who=LEAD)
    await station.go()
    rows = await station.outbox()
    assert {row.trace for row in rows} == {f"u{first}", f"u{second}"}
    said = stream.getvalue()
    for update in (first, second):
        mine = _about(form, said, f"u{update}")
        assert sum(f"update {update} handled" in line for line in mine) == 1
        sent = [row.id for row in rows if row.trace == f"u{update}"]
        assert sent
        assert sum(") sent at try 1" in line for line in mine) == len(sent)
    assert trace.get() is None
    for secret in (PHONE, ROOM, WORDS, "滴水"):
        assert secret not in said


async def test_what_a_timer_says_carries_the_timers_id(station: Station) -> None:
    await station.say(f"{WORDS}，11号楼4单元{ROOM}，电话{PHONE}，明天上午")
    await station.go()
    await station.press("提交")
    await station.go()
    known = {row.id for row in await station.outbox()}
    station.forward(30 * 24 * 3600)
    while await station.app.jobs.next_step():
        pass
    traces = {row.trace for row in await station.outbox() if row.id not in known}
    assert traces
    assert all(name and (name.startswith("t") or not name.startswith("u")) for name in traces)
    assert any(name[1:].isdigit() for name in traces)
    assert trace.get() is None


async def test_a_failed_update_leaves_no_id_behind(station: Station) -> None:
    async with station.app.db.transaction(station.app.frame.community.id) as uow:
        await uow.inbox.receive([{"update_id": 5, "message": {"no": "message"}}])
        await uow.commit()
    assert await station.app.worker.step()
    assert trace.get() is None
    assert station.app.frame.sight.updates["message", "dead"] == 1


async def test_a_statement_that_fails_tells_nothing_of_what_it_would_have_written(empty_url: str) -> None:
    """An error's own words go into the log with its traceback, such as that of the webhook's server."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    db = Database(empty_url)
    await db.open()
    async with db.transaction("x") as uow:
        await uow._scope.connection.execute(text("ALTER TABLE inbox RENAME COLUMN raw TO elsewhere"))
        await uow.commit()
    with pytest.raises(DBAPIError) as failed:
        await db.receive([{"update_id": 5, "message": {"text": WORDS}}], "x")
    await db.close()
    assert "inbox" in str(failed.value)
    assert WORDS not in str(failed.value)


def test_json_lines_hold_what_a_machine_sorts_by() -> None:
    stream = io.StringIO()
    handler = logs.make_handler("json", stream)
    with following("u7"):
        handler.handle(worker_log.makeRecord("bot.worker", logging.INFO, "f", 1, "三 %d", (3,), None))
    told = json.loads(stream.getvalue())
    assert (told["level"], told["logger"], told["message"], told["trace"]) == (
        "INFO",
        "bot.worker",
        "三 3",
        "u7",
    )
    assert {"time", "process"} <= told.keys()


def test_the_settings_choose_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.faults import Fault
    from bot.settings import read_settings

    assert Settings().log_format == "text"
    monkeypatch.setenv("LINYING_LOG_FORMAT", "xml")
    with pytest.raises(Fault, match="LINYING_LOG_FORMAT"):
        read_settings()
