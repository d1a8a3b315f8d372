"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC as UTC_ZONE
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

#: An id that SQLite gives out by itself only when its type is spelt INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")

#: Text compared byte by byte on both engines, so that a prefix is a range of an index.
Key = Text(collation="C").with_variant(Text(), "sqlite")


class UTC(TypeDecorator[datetime]):
    """An aware datetime, kept and returned in UTC. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite has no time zones: it gets the UTC wall time, whose text sorts by time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        value = value.astimezone(UTC_ZONE)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC_ZONE) if value.tzinfo is None else value.astimezone(UTC_ZONE)


def storable(text: str) -> str:
    """The text without what no database text can hold: NUL and halves of surrogate pairs."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Words(TypeDecorator[str]):
    """Text that people wrote, whatever they managed to type."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Unstorable characters are dropped or become question marks."""
        return None if value is None else storable(value)


class JsonText(TypeDecorator[Any]):
    """A JSON document that is never queried inside: plain text holds what JSONB refuses (\\u0000)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Compact JSON; characters stay readable unless they cannot be encoded."""
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        try:
            text.encode()
        except UnicodeEncodeError:
            return json.dumps(value, separators=(",", ":"))
        return text

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The document."""
        return None if value is None else json.loads(value)
