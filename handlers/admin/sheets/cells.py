"""Reads one cell of the list of organisations into a value, or says what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from casework.catalogue import Community
from casework.giving.hours import parse_hours
from casework.statuses import Fee
from handlers.admin.sheets.columns import Column, fee_words, same, tidy, yes_no
from handlers.kit.texts import Texts

MAX_CAPACITY = 1000
_BETWEEN = re.compile(r"[、,，;；/\n|]+")
_PHONE = re.compile(r"\+?[\d\-() ]{3,24}")


class CellError(Exception):
    """A cell that cannot be taken. `code` names a text, `facts` fill it."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class CellReader:
    """Turns cells into the fields of an Organisation."""

    def __init__(self, community: Community, texts: Texts) -> None:
        self.texts = texts
        self.categories = {same(c): c for c in community.categories}
        self.compounds = {same(c): c for c in community.compounds}
        self.items = {same(i.name): i.code for i in community.catalogue}
        self.items |= {i.code: i.code for i in community.catalogue}
        self.item_names = [i.name for i in community.catalogue]
        self.fees = fee_words(texts)
        self.yes_no = yes_no(texts)
        self.everywhere = same(texts.plain("sheet-everywhere"))

    def read(self, column: Column, cell: Any) -> Any:
        """The value for the column's field; its default for an empty cell. Raises CellError."""
        text = _text(column, cell)
        if not text and column.required:
            raise CellError("missing")
        read = getattr(self, f"_{column.field}", None)
        return read(text) if read else text

    def _category(self, text: str) -> str:
        return self._one_of(text, self.categories)

    def _fee(self, text: str) -> Fee:
        return self.fees[self._one_of(text, {same(w): w for w in self.fees})] if text else Fee.FREE

    def _emergency(self, text: str) -> bool:
        return self.yes_no[self._one_of(text, {same(w): w for w in self.yes_no})] if text else False

    def _one_of(self, text: str, allowed: dict[str, str]) -> str:
        if same(text) not in allowed:
            raise CellError("not-allowed", value=text[:20], allowed="、".join(allowed.values()))
        return allowed[same(text)]

    def _items(self, text: str) -> frozenset[str]:
        codes = set()
        for word in _words(text):
            code = self.items.get(same(word))
            if code is None:
                raise _unknown("unknown-item", word, self.item_names)
            codes.add(code)
        return frozenset(codes)

    def _areas(self, text: str) -> frozenset[str]:
        words = [w for w in _words(text) if same(w) != self.everywhere]
        if not self.compounds:
            return frozenset(words)
        for word in words:
            if same(word) not in self.compounds:
                raise _unknown("unknown-area", word, self.compounds.values())
        return frozenset(self.compounds[same(w)] for w in words)

    def _capacity(self, text: str) -> int:
        if not text:
            return 20
        if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or not 1 <= int(text) <= MAX_CAPACITY:
            raise CellError("bad-number", value=text[:20], limit=str(MAX_CAPACITY))
        return int(text)

    def _hours(self, text: str) -> str:
        if parse_hours(text) is None:
            raise CellError("bad-hours", value=text[:20])
        return text

    def _phone(self, text: str) -> str:
        phone = text.translate(str.maketrans("０１２３４５６７８９－（）", "0123456789-()"))
        if phone and (not _PHONE.fullmatch(phone) or sum(c.isdigit() for c in phone) < 3):
            raise CellError("bad-phone", value=text[:20])
        return phone


def _text(column: Column, cell: Any) -> str:
    """The cell as tidy text. Raises CellError for a formula, an error value, a date, an overlong text."""
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise CellError("formula")
    if cell.data_type == "e":
        raise CellError("error-value")
    if isinstance(value, datetime | date | time):
        raise CellError("date")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Measured before it is tidied: one huge shared string may stand in thousands of cells.
    if len(str(value)) > column.limit:
        raise CellError("too-long", limit=str(column.limit))
    return tidy(value)


def _words(text: str) -> list[str]:
    return [w.strip() for w in _BETWEEN.split(text) if w.strip()]


def _unknown(code: str, word: str, known: Iterable[str]) -> CellError:
    """Names what the writer may have meant."""
    near = difflib.get_close_matches(word[:40], list(known), n=3, cutoff=0.4)
    return CellError(code if near else f"{code}-bare", value=word[:20], near="、".join(near))
