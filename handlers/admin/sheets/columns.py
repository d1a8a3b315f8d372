"""The columns of the list of organisations, and the words that stand in its cells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from casework.statuses import Fee
from handlers.kit.texts import Texts


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` in characters of a digit's width, `limit` the longest text of a cell."""

    field: str
    width: int
    limit: int
    required: bool = False


COLUMNS = (
    Column("name", 28, 60, required=True),
    Column("category", 14, 20, required=True),
    Column("items", 40, 1500),
    Column("areas", 26, 500),
    Column("capacity", 14, 6),
    Column("fee", 10, 10),
    Column("phone", 18, 30),
    Column("emergency", 12, 5),
    Column("hours", 30, 100),
    Column("intro", 44, 500),
)


def heading(texts: Texts, column: Column) -> str:
    """What stands over the column."""
    return texts.plain(f"sheet-head-{column.field}")


def fee_words(texts: Texts) -> dict[str, Fee]:
    """The words for the fees, in order."""
    return {texts.plain(f"fee-{fee}"): fee for fee in Fee}


def yes_no(texts: Texts) -> dict[str, bool]:
    """The words for yes and no."""
    return {texts.plain("sheet-yes"): True, texts.plain("sheet-no"): False}


def tidy(value: object) -> str:
    """A cell's text without what cannot be seen: control and zero-width characters, doubled blanks."""
    text = "" if value is None else str(value)
    seen = "".join(" " if c in "\t\r\xa0\u3000" else c for c in text if _visible(c))
    return re.sub(r" {2,}", " ", seen).strip()


def _visible(c: str) -> bool:
    return c in "\n\t\r" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")


def same(word: str) -> str:
    """A form in which spellings that differ only in width, case and blanks are equal."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)).casefold()
