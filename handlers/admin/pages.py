"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from handlers.kit.buttons import button
from handlers.kit.callbacks import PageCD
from handlers.kit.outgoing import Button
from handlers.kit.texts import Texts

_T = TypeVar("_T")


def cut(entries: Sequence[_T], page: int, size: int) -> tuple[Sequence[_T], int, int]:
    """The entries of a page, the page (a list may have become shorter) and how many there are."""
    pages = max(1, -(-len(entries) // size))
    page = min(max(0, page), pages - 1)
    return entries[page * size : (page + 1) * size], page, pages


def turn_buttons(texts: Texts, name: str, page: int, pages: int) -> list[Button]:
    """上一页 and 下一页 where there is one."""
    row = []
    if page > 0:
        row.append(button(texts, "admin-previous", PageCD(list=name, page=page - 1)))
    if page < pages - 1:
        row.append(button(texts, "admin-next", PageCD(list=name, page=page + 1), page=page + 2, pages=pages))
    return row
