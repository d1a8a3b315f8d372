"""Files made to swell: refused before they are unpacked or parsed, and bounded where they are not."""

from __future__ import annotations

import io
import pickle
import struct
import tracemalloc
import zipfile

import pytest

from bot import child
from bot.sheets import ChildSheets
from handlers.admin.sheets import read_organisations
from tests.unit.test_sheets import COMMUNITY, GOOD, book, saved

SHEET = "xl/worksheets/sheet1.xml"


def _in_utf_16(xml: bytes, doctype: str = "") -> bytes:
    """The same part in the other encoding that every XML parser must read."""
    text = xml.decode()
    text = text.split("?>", 1)[1] if text.startswith("<?xml") else text
    return f'<?xml version="1.0" encoding="UTF-16"?>{doctype}{text}'.encode("utf-16")


def _with(part: str, content: bytes, new_name: str = "") -> bytes:
    """A good file in which one part says something else."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book(GOOD)))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.filename == part:
                new.writestr(new_name or part, content, zipfile.ZIP_DEFLATED)
            else:
                text = old.read(entry)
                new.writestr(entry.filename, text.replace(part.encode(), (new_name or part).encode()))
    return out.getvalue()


def _sheet() -> bytes:
    with zipfile.ZipFile(io.BytesIO(saved(book(GOOD)))) as parts:
        return parts.read(SHEET)


def _lying(content: bytes, part: str, size: int) -> bytes:
    """The part claims to unpack to `size` bytes, in its own head and in the list at the end."""
    made = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        entry = parts.getinfo(part)
    made[entry.header_offset + 22 : entry.header_offset + 26] = struct.pack("<I", size)
    at = -1
    while (at := made.find(b"PK\x01\x02", at + 1)) >= 0:
        length = struct.unpack_from("<H", made, at + 28)[0]
        if made[at + 46 : at + 46 + length].decode() == part:
            made[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(made)


def _problems(content: bytes) -> list[str]:
    return [problem.code for problem in read_organisations(content, COMMUNITY).problems]


def test_the_other_encoding_is_read_but_takes_no_document_type() -> None:
    plain = _with(SHEET, _in_utf_16(_sheet()))
    assert len(read_organisations(plain, COMMUNITY).organisations) == 1
    assert _problems(_with(SHEET, _in_utf_16(_sheet(), '<!DOCTYPE worksheet [<!ENTITY a "b">]>'))) == [
        "broken"
    ]


def test_a_document_type_is_seen_under_every_name() -> None:
    named = "xl/worksheets/sheet1.bin"
    assert len(read_organisations(_with(SHEET, _sheet(), named), COMMUNITY).organisations) == 1
    assert _problems(_with(SHEET, b"<!DOCTYPE worksheet []>" + _sheet(), named)) == ["broken"]


async def test_hundreds_of_megabytes_of_nothing_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", b"<T/>")
        with parts.open(SHEET, "w", force_zip64=True) as swollen:
            for _ in range(128):
                swollen.write(bytes(1 << 20))
    assert len(out.getvalue()) < 1 << 20
    result = await ChildSheets(COMMUNITY).read(out.getvalue())
    assert [p.code for p in result.problems] == ["bomb"]


def test_a_part_that_lies_about_its_size_is_not_unpacked_beyond_it() -> None:
    rows = b'<row r="9"><c r="A9"/></row>' * 1_000_000
    honest = _with(SHEET, _sheet().replace(b"</sheetData>", rows + b"</sheetData>"))
    assert _problems(honest) == ["bomb"]
    tracemalloc.start()
    assert _problems(_lying(honest, SHEET, 1000)) == ["broken"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(rows) / 10


class _Swelling:
    """Becomes two gigabytes where it is unpacked."""

    def __reduce__(self) -> tuple[type, tuple[int]]:
        return bytearray, (2 << 30,)


async def test_memory_has_an_end() -> None:
    with pytest.raises(RuntimeError):
        await child.run("bot.sheets", pickle.dumps((COMMUNITY, _Swelling())), seconds=30)
