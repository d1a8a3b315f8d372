"""Tables are read in a process of their own: nothing waits for them, and time and memory have an end."""

from __future__ import annotations

import asyncio
import io
import time
import zipfile

import pytest

from bot.sheets import ChildSheets
from handlers.admin.sheets.opening import MAX_FILE, MAX_UNPACKED
from tests.unit.test_sheets import COMMUNITY, GOOD, book, saved


def hostile() -> bytes:
    """As many rows as fit into what may be unpacked, each of them empty."""
    content = saved(book(GOOD))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        room = MAX_UNPACKED - sum(part.file_size for part in old.infolist()) - 1000
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                row = b'<row r="9"><c r="A9"/></row>'
                data = data.replace(b"</sheetData>", row * (room // len(row)) + b"</sheetData>")
            new.writestr(part.filename, data)
    return out.getvalue()


async def test_a_list_and_its_problems_come_back_as_they_were_read() -> None:
    result = await ChildSheets(COMMUNITY).read(saved(book(GOOD)))
    assert [(o.name, o.capacity, o.emergency) for o in result.organisations] == [("管道疏通队", 8, True)]
    assert result.organisations[0].items == frozenset({"hom_plumbing"})
    wrong = await ChildSheets(COMMUNITY).read(saved(book([*GOOD[:1], "没有这类", *GOOD[2:]])))
    assert wrong.organisations == ()
    assert [(p.code, p.row, p.column) for p in wrong.problems] == [("not-allowed", 2, "类别")]
    assert wrong.problems[0].facts["value"] == "没有这类"


async def test_the_program_goes_on_while_a_hostile_file_is_read() -> None:
    longest, last = 0.0, time.monotonic()
    reading = asyncio.create_task(ChildSheets(COMMUNITY).read(hostile()))
    began = last
    while not reading.done():
        await asyncio.sleep(0.005)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    took = time.monotonic() - began
    # The machine may be busy with other tests; a parser on this thread would stand still for all of it.
    assert longest < took / 2


async def test_time_has_an_end() -> None:
    result = await ChildSheets(COMMUNITY, seconds=0.05).read(hostile())
    assert [p.code for p in result.problems] == ["broken"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * (MAX_FILE + 1)])
async def test_what_is_no_table_is_refused(content: bytes) -> None:
    result = await ChildSheets(COMMUNITY).read(content)
    assert result.problems[0].code in {"not-xlsx", "broken", "too-big"}
