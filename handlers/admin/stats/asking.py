"""What a worker typed after /stats: days, a cut, and how to look at it, in any order."""

from __future__ import annotations

from dataclasses import dataclass

from casework.books.figures import ELSEWHERE, Axis, Slice
from handlers.admin.spans import cut_out, read_span
from handlers.admin.stats.codes import View
from handlers.admin.stats.names import UNITS, Names
from handlers.admin.stats.words import PICTURES
from handlers.kit.context import Context
from handlers.kit.texts import Texts

_USUAL = "7"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A view, and the picture that was named (empty: the overview)."""

    view: View
    picture: str = ""


def read_wanted(context: Context, names: Names, typed: str) -> Wanted | None:
    """None when a word of it is understood by nobody."""
    texts, timezone = context.texts, context.community.timezone
    span, rest = cut_out(texts, typed.strip(), context.now, timezone)
    span = span or read_span(texts, "", context.now, timezone, _USUAL)
    cut, picture = Slice(), ""
    for word in rest.split():
        if found := _picture(texts, word):
            picture = found
        elif key := _cut(names, word):
            cut = cut.narrowed(*key)
        else:
            return None
    return Wanted(View(span, cut), picture) if span else None


def _picture(texts: Texts, word: str) -> str:
    for what in (*PICTURES, *UNITS):
        if word.lower() in texts.plain(f"stats-words-{what}").split():
            return what
    return ""


def _cut(names: Names, word: str) -> tuple[Axis, str] | None:
    """The one thing that is called so; else the first whose name holds the word."""
    community = names.community
    known: list[tuple[Axis, str, str]] = [
        *((Axis.GROUP, code, name) for code, name in community.catalogue.groups.items()),
        *((Axis.COMPOUND, str(n), name) for n, name in enumerate(community.compounds)),
        (Axis.COMPOUND, ELSEWHERE, names.of_key(Axis.COMPOUND, ELSEWHERE)),
        *((Axis.CATEGORY, str(n), name) for n, name in enumerate(community.categories)),
        *((Axis.ORGANISATION, str(i), name) for i, name in names.organisations.items()),
        *((Axis.ITEM, item.code, item.name) for item in community.catalogue),
    ]
    for axis, key, name in known:
        if name == word:
            return axis, key
    return next(((axis, key) for axis, key, name in known if len(word) > 1 and word in name), None)
