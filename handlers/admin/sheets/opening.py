"""Opens a workbook that a stranger may have made: every harmful or broken file ends as a Refused code."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

#: Bytes of the file as sent, and of everything in it once unpacked: 5,000 full rows need about 4 MB.
MAX_FILE = 5 * 1024 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
MAX_PARTS = 500

_OLD_EXCEL = bytes.fromhex("D0CF11E0A1B11AE1")
#: A document type is where entities that swell on reading are declared; Excel writes none. The parser reads
#: every part by what it is called inside the file, and these encodings.
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)[\"']")


class Refused(Exception):
    """The file cannot be read. `code` names a text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_workbook(content: bytes) -> tuple[Any, list[list[tuple[int, int]]]]:
    """A read-only openpyxl workbook, and the rows (first, last) merged in each of its sheets.

    Raises Refused: too-big, old-format, not-xlsx, bomb, broken.
    """
    if len(content) > MAX_FILE:
        raise Refused("too-big")
    if content.startswith(_OLD_EXCEL):
        raise Refused("old-format")
    if not content.startswith(b"PK"):
        raise Refused("not-xlsx")
    try:
        _inspect(content)
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            merged = [_merged_rows(parts, sheet) for sheet in book.worksheets]
    except Refused:
        raise
    except Exception as error:
        # zlib, zipfile, expat and openpyxl fail in dozens of ways.
        raise Refused("broken") from error
    return book, merged


def _inspect(content: bytes) -> None:
    """Refuse what would unpack to too much, before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        listed = parts.infolist()
        if len(listed) > MAX_PARTS or sum(p.file_size for p in listed) > MAX_UNPACKED:
            raise Refused("bomb")
        names = {p.filename for p in listed}
        if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
            raise Refused("not-xlsx")
        for part in listed:
            # No further than it says it goes: a part that goes on fails its checksum there. Read to its end
            # without a limit it would be unpacked as a whole first, up to two gigabytes.
            with parts.open(part) as opened:
                content = opened.read(part.file_size + 1)
            if any(begin in content for begin in _DOCTYPE):
                raise Refused("broken")


def _merged_rows(parts: zipfile.ZipFile, sheet: Any) -> list[tuple[int, int]]:
    # The read-only reader does not tell of merged cells.
    xml = parts.read(sheet._worksheet_path)
    return [(int(m[2]), int(m[4])) for m in _MERGED.finditer(xml)]
