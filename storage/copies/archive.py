"""A copy in one file: a ZIP with a line a row, and a list of contents by which it can be checked."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from storage.copies.rows import Digest
from storage.copies.shape import KINDS, Shape

FORMAT = 1
_CONTENTS = "contents.json"


class BadArchive(Exception):
    """The file is no archive of ours or is damaged. `table` names where, when that is known."""

    def __init__(self, table: str = "") -> None:
        super().__init__(table or "no archive")
        self.table = table


@dataclass(slots=True)
class Contents:
    """`schema` is the number of the last migration, `tables` each table's shape, rows and checksum."""

    schema: str
    engine: str
    made_at: datetime
    tables: list[tuple[Shape, int, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(rows for _, rows, _ in self.tables)


class Writer:
    """Fills an archive table by table; `close` adds the list of contents."""

    def __init__(self, file: Path, contents: Contents) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._contents = contents

    @contextmanager
    def table(self, shape: Shape) -> Iterator[Lines]:
        """Takes the lines of one table."""
        with self._zip.open(_member(shape.name), "w", force_zip64=True) as member:
            lines = Lines(member)
            yield lines
        self._contents.tables.append((shape, lines.digest.rows, lines.digest.checksum))

    def close(self) -> None:
        """Nothing more comes."""
        self._zip.writestr(_CONTENTS, json.dumps(_as_json(self._contents), indent=1))
        self._zip.close()

    def give_up(self) -> None:
        """Close it without a list of contents: nobody will take it for whole."""
        self._zip.close()


class Lines:
    """The lines of one table while they are written."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member
        self.digest = Digest()

    def add(self, line: str) -> None:
        """One row."""
        self.digest.add(line)
        self._member.write(line.encode() + b"\n")


class Reader:
    """An archive that was opened. Raises BadArchive."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
            self.contents = _from_json(json.loads(self._zip.read(_CONTENTS)))
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
            raise BadArchive from error

    def lines(self, shape: Shape) -> Iterator[str]:
        """The rows of one table. Raises BadArchive when its bytes are damaged."""
        try:
            with self._zip.open(_member(shape.name)) as member:
                for raw in member:
                    yield raw.decode().removesuffix("\n")
        except (zipfile.BadZipFile, KeyError, ValueError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
            raise BadArchive(shape.name) from error

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


def keep(file: Path) -> None:
    """Make sure that a finished file survives a power cut."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _member(table: str) -> str:
    return f"{table}.jsonl"


def _as_json(contents: Contents) -> dict[str, object]:
    return {
        "format": FORMAT,
        "schema": contents.schema,
        "engine": contents.engine,
        "made_at": contents.made_at.isoformat(),
        "tables": [
            {"name": s.name, "columns": s.columns, "key": s.key, "rows": rows, "checksum": checksum}
            for s, rows, checksum in contents.tables
        ],
    }


def _from_json(found: dict[str, object]) -> Contents:
    if found["format"] != FORMAT:
        raise ValueError("another format")
    contents = Contents(
        str(found["schema"]), str(found["engine"]), datetime.fromisoformat(str(found["made_at"]))
    )
    for table in found["tables"]:  # type: ignore[attr-defined]
        columns = tuple((str(name), str(kind)) for name, kind in table["columns"])
        if not all(kind in KINDS for _, kind in columns):
            raise ValueError("an unknown kind of value")
        shape = Shape(str(table["name"]), columns, tuple(table["key"]))
        contents.tables.append((shape, int(table["rows"]), str(table["checksum"])))
    return contents
