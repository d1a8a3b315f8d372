"""No table keeps anything of a person that nobody thought of."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column

from storage.personal import APART, DROP, PARTS, STAYS
from storage.types import JsonText, Key, Sealed, SealedBytes, SealedJson, SearchKey, Words
from storage.upgrade import whole_metadata

_WORDS = (Words, JsonText, Sealed, SealedJson, SealedBytes, SearchKey)


def _personal(column: Column[object]) -> bool:
    """Words, files, documents; and numbers that may be the id of a person or chat."""
    if column.foreign_keys or column.name in ("id", "community_id", "request_id"):
        return False
    return isinstance(column.type, _WORDS) or column.type is Key or isinstance(column.type, BigInteger)


def _known() -> set[str]:
    known = set(STAYS)
    for part in PARTS:
        blanks = [part.about or {}, part.said, *part.own.values()]
        if DROP in blanks:
            known.add(part.table.name)
        known |= {f"{part.table.name}.{name}" for blank in blanks for name in blank}
        known |= {f"{part.table.name}.{name}" for name in (*part.own, *part.acts)}
    return known | {f"{table.name}.{name}" for table, blank in APART.items() for name in blank}


def test_every_column_that_may_tell_of_a_person_is_known() -> None:
    known = _known()
    unknown = [
        f"{table.name}.{column.name}"
        for table in whole_metadata().sorted_tables
        if table.name not in known
        for column in table.columns
        if _personal(column) and f"{table.name}.{column.name}" not in known
    ]
    assert unknown == []


def test_what_is_known_is_there() -> None:
    tables = whole_metadata().tables
    for name in _known() - {f"{part.table.name}." for part in PARTS}:
        table, _, column = name.partition(".")
        assert table in tables, name
        assert not column or column in tables[table].c, name


def test_a_blank_fits_its_column() -> None:
    """NULL only where a row may have it; the empty text elsewhere."""
    for part in PARTS:
        for blank in (part.about or {}, part.said, *part.own.values()):
            for name, value in blank.items():
                if name:
                    assert value is not None or part.table.c[name].nullable, name
    for table, blank in APART.items():
        assert all(value is not None or table.c[name].nullable for name, value in blank.items())
