"""After a whole story nothing personal can be read in the database without the key: in no column, no file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

from sqlalchemy import Table, Text, literal, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import address
from storage.sealing import MARK
from storage.upgrade import whole_metadata
from tests.bot.station import LEAD, WORKER, Station
from tests.conftest import KEYRING

PHONE, NAME, ROOM, REPORT = "13644556677", "欧阳绿萝", "1903", "门铃坏了要使劲敲"
NEED = f"我妈一个人住，头发长得遮眼睛了，能不能来个人给剪剪，8号楼2单元{ROOM}，我电话{PHONE}"
#: What people wrote, as it was said; the room stands alone, or hashes would hold it by chance.
SECRETS = {
    "phone": re.compile(PHONE),
    "name": re.compile(NAME),
    "need": re.compile("遮眼睛"),
    "report": re.compile("使劲敲"),
    "remark": re.compile("手脚麻利"),
    "room": re.compile(rf"(?<![0-9a-fA-F.]){ROOM}(?![0-9a-fA-F])"),
}


async def _press(station: Station, words: str, who: int) -> None:
    await station.press(words, who)
    await station.go()


async def _say(station: Station, words: str, who: int) -> None:
    await station.say(words, who)
    await station.go()


async def _story(station: Station) -> int:
    """A need is filed, taken, done, confirmed, rated, and somebody is in the middle of the next one."""
    made = await station.control("persons", role="resident", name=NAME)
    person = int(made["id"])
    await _say(station, NEED, person)
    await _say(station, "明天上午", person)
    await _press(station, "提交", person)
    await _press(station, "接单", LEAD)
    await _say(station, f"/find {PHONE}", WORKER)
    await _press(station, "开始", LEAD)
    await _press(station, "完成", LEAD)
    for words in ("1小时", "2人"):
        await _press(station, words, LEAD)
    await _say(station, f"剪好了，{REPORT}", LEAD)
    await _press(station, "已解决", person)
    await _press(station, "5 ⭐", person)
    await _say(station, "小伙子手脚麻利", person)
    # In the middle of the next one: the chat's memory holds it, and a message that is not sent yet.
    await _say(station, f"厨房水管漏水，8号楼2单元{ROOM}", person)
    await station.say(f"电话还是{PHONE}", person)
    await station.handle()
    return person


async def _readable(engine: AsyncEngine) -> list[tuple[str, str, str]]:
    """(table, column, secret) of whatever is stored open."""
    found = []
    async with engine.connect() as connection:
        for table in whole_metadata().sorted_tables:
            rows = (await connection.exec_driver_sql(f"SELECT * FROM {table.name}")).mappings().all()
            for row in rows:
                found += [(table.name, name, what) for name, value in row.items() for what in _seen_in(value)]
    return found


def _seen_in(value: Any) -> list[str]:
    text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value)
    return [what for what, pattern in SECRETS.items() if pattern.search(text)]


def _bytes_of(file: Path) -> bytes:
    """The database with its write-ahead log, read by another process.

    A process that closes a file gives up all its locks on it, SQLite's as well: the next program to open the
    database would take the log for one that nobody uses any more.
    """
    parts = (file, file.with_name(f"{file.name}-wal"))
    return subprocess.run(["cat", *map(str, parts)], check=True, stdout=subprocess.PIPE).stdout


async def _columns(engine: AsyncEngine, table: Table) -> list[Any]:
    async with engine.connect() as connection:
        return list((await connection.execute(select(table))).all())


async def test_nothing_personal_is_readable_after_a_story(station: Station, database_url: str) -> None:
    await _story(station)
    tables = whole_metadata().tables
    # The story left its traces everywhere it should, for who has the key.
    for name, secrets in {
        "requests": {"phone", "room", "need"},
        "people": {"name", "phone", "room"},
        "work_reports": {"report"},
        "inbox": {"phone", "name", "remark", "report"},
        "outbox": {"phone", "room", "need"},
        "trackers": {"room"},
        "readings": {"need"},
    }.items():
        rows = str(await _columns(station.reading, tables[name]))
        assert {what for what, pattern in SECRETS.items() if pattern.search(rows)} >= secrets, name
    assert await _readable(station.reading) == []
    if station.reading.dialect.name == "sqlite":
        held = _bytes_of(Path(address(database_url).database or ""))
        assert MARK.encode() in held
        for secret in (PHONE, NAME, "遮眼睛", "使劲敲", "手脚麻利"):
            assert secret.encode() not in held, secret


async def test_a_row_that_was_tampered_with_stops_nobody(station: Station) -> None:
    """Neither an update that waits, nor a message to be sent, nor what a chat was in the middle of."""
    await _say(station, NEED, 1001)
    await _swap(station.reading, "trackers", "document")
    bad = await station.say("明天上午", 1001)
    await station.app.poller.fetch()
    await _swap(station.reading, "inbox", "raw", update_id=bad)
    await station.say("/help", 1001)
    await station.handle()
    await _swap(station.reading, "outbox", "payload", status="pending")
    await station.say("/help", 1001)
    await station.go()
    assert [row.update_id for row in await station.inbox(status="dead")] == [bad]
    assert len(await station.outbox(status="dead")) == 1
    assert await station.inbox(status="pending") == await station.outbox(status="pending") == []
    assert "/my" in (await station.heard(1001))[-1]


async def _swap(engine: AsyncEngine, table: str, column: str, **equal: Any) -> None:
    """Put in what was sealed for something else."""
    wanted = whole_metadata().tables[table]
    other = literal(KEYRING.seal("{}", b"people.saved"), Text())
    where = [wanted.c[name] == value for name, value in equal.items()]
    async with engine.begin() as connection:
        assert (await connection.execute(update(wanted).where(*where).values({column: other}))).rowcount >= 1
