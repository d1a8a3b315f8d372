"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC as UTC_ZONE
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    Text,
    func,
    type_coerce,
)
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

from storage.sealing import MARK, KeyMissing, Keyring, SealBroken, key_of

log = logging.getLogger(__name__)

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

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """SQLite keeps the text that SQLAlchemy would make, made in one step."""
        return _text_of if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any] | None:
        """The same back."""
        return _time_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC_ZONE) if value.tzinfo is None else value.astimezone(UTC_ZONE)


def _text_of(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a time without a time zone cannot be stored")
    return value.astimezone(UTC_ZONE).replace(tzinfo=None).isoformat(" ", "microseconds")


def _time_of(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC_ZONE)


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


#: What plain JSON does not know is a mistake of ours, not something to be guessed.
_PLAIN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME

#: Before a document that only the standard library reads as it was: orjson makes large numbers floats.
_ODD = " "


def _json(value: Any) -> str | None:
    if value is None:
        return None
    try:
        return orjson.dumps(value, option=_PLAIN).decode()
    except TypeError:
        # Halves of surrogate pairs, numbers of more than 64 bits, keys that are no text.
        return _ODD + json.dumps(value, separators=(",", ":"))


def _document(text: str) -> Any:
    if not text.startswith(_ODD):
        try:
            return orjson.loads(text)
        except ValueError:
            # Written before there was such a mark.
            pass
    return json.loads(text)


class JsonText(TypeDecorator[Any]):
    """A JSON document that is never queried inside: plain text holds what JSONB refuses (\\u0000)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Compact JSON; characters stay readable unless they cannot be encoded."""
        return _json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The document."""
        return None if value is None else _document(value)


def keyring_of(dialect: Dialect) -> Keyring | None:
    """The ring that `storage.engine.make_engine` gave to an engine; None where nothing is sealed."""
    ring: Keyring | None = getattr(dialect, "keyring", None)
    return ring


class _NotCompared(TypeDecorator.Comparator[Any]):
    """The same words are sealed differently each time, so that comparing them in SQL would find nothing."""

    def operate(self, op: Any, *other: Any, **options: Any) -> Any:
        """Only whether there is a value can be asked. Raises TypeError."""
        if op in (operators.is_, operators.is_not):
            return super().operate(op, *other, **options)
        raise TypeError(f"a sealed column cannot be compared or ordered by ({op.__name__})")

    reverse_operate = operate


class SealedColumn(TypeDecorator[Any]):
    """`purpose` is the column's full name, `table.column`: what is sealed for it opens nowhere else."""

    cache_ok = True
    comparator_factory = _NotCompared

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose
        self._bound = purpose.encode()

    def opened(self, stored: Any, ring: Keyring | None) -> Any:
        """What a stored value holds, not yet read as JSON. Raises SealingError."""
        if ring is None:
            raise KeyMissing(key_of(stored) or "")
        return ring.unseal(stored, self._bound)

    def sealed(self, opened: Any, ring: Keyring) -> Any:
        """What is stored of it from now on."""
        return ring.seal(opened, self._bound)


class Sealed(SealedColumn):
    """Text that people wrote, sealed by the ring of the engine; without one it is kept as `Words` is."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """With a ring in one step: a message passes some thirty fields through here, most of them empty."""
        ring, bound = keyring_of(dialect), self._bound
        if ring is None:
            return super().bind_processor(dialect)
        seal = ring.seal
        return lambda value: seal(storable(value), bound) if value else value

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any] | None:
        """As above."""
        ring, bound = keyring_of(dialect), self._bound
        if ring is None:
            return super().result_processor(dialect, coltype)
        unseal = ring.unseal
        return lambda value: unseal(value, bound) if value else value

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Without a ring. What looks sealed but is not could never be read again."""
        stored = storable(value) if value else value
        return stored.lstrip("~") if stored and stored.startswith(MARK) else stored

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Without a ring. Raises KeyMissing for what is sealed."""
        if value and value.startswith(MARK):
            raise KeyMissing(key_of(value) or "")
        return value


class SealedJson(SealedColumn):
    """A JSON document as in `JsonText`, sealed as a whole.

    In a queue a document that was tampered with must not stop all the others: with `or_empty` it is read as
    an empty one, which whoever works on the queue cannot use and puts aside.
    """

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str, or_empty: bool = False) -> None:
        super().__init__(purpose)
        self.or_empty = or_empty

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The sealed document."""
        text = _json(value)
        ring = keyring_of(dialect)
        return text if ring is None or text is None else ring.seal(text, self._bound)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The document. Raises SealingError."""
        if value is None:
            return None
        if value.startswith(MARK):
            try:
                value = self.opened(value, keyring_of(dialect))
            except SealBroken:
                if not self.or_empty:
                    raise
                log.exception("a row of %s was changed past the program", self.purpose)
                return {}
        return _document(value)


class SealedBytes(SealedColumn):
    """A file, sealed as a whole."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """The sealed content."""
        ring = keyring_of(dialect)
        return value if ring is None or value is None else ring.seal_bytes(value, self._bound)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """The content. Raises SealingError."""
        if value is None or key_of(value) is None:
            return value
        content: bytes = self.opened(value, keyring_of(dialect))
        return content

    def opened(self, stored: Any, ring: Keyring | None) -> Any:
        """The content. Raises SealingError."""
        if ring is None:
            raise KeyMissing(key_of(stored) or "")
        return ring.unseal_bytes(stored, self._bound)

    def sealed(self, opened: Any, ring: Keyring) -> Any:
        """What is stored of it from now on."""
        return ring.seal_bytes(opened, self._bound)


class SearchKey(TypeDecorator[str]):
    """What a sealed text is found by: a keyed hash of it, the same for the same text; NULL without a ring.

    Bound to the text itself. `purpose` is the sealed column's full name; of a phone only the `digits` count.
    """

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str, digits: bool = False) -> None:
        super().__init__()
        self.purpose = purpose
        self.digits = digits
        self._bound = purpose.encode()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The hash under the first key."""
        ring = keyring_of(dialect)
        return None if ring is None or not value else self.key(value, ring)

    def key(self, value: str, ring: Keyring) -> str:
        """The hash under the first key of the ring."""
        return ring.find_key(self._counting(value), self._bound)

    def keys(self, value: str, ring: Keyring | None) -> list[str]:
        """All that `found_by` may be of a row with that text: under each key, and as it stands."""
        value = self._counting(value)
        return [value, *ring.find_keys(value, self._bound)] if ring else [value]

    def _counting(self, value: str) -> str:
        return "".join(filter(str.isdigit, value)) if self.digits else storable(value)


def found_by(key: ColumnElement[Any], sealed: ColumnElement[Any]) -> ColumnElement[str]:
    """What `SearchKey.keys` is compared with: the hash, or the open text of a row written without a ring."""
    return func.coalesce(type_coerce(key, Text), type_coerce(sealed, Text))
