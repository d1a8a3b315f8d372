"""The public notice of a month as text and as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from casework.catalogue import Community
from handlers.drawings import Board, BoardTable
from handlers.judging.words import month_words
from handlers.kit.texts import Markup, Texts

_RATES = ("response", "solved", "satisfied")
_MOST_GROUPS = 6
_MOST_LINES = 30


def _rates(texts: Texts, figures: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    found = figures["rates"]
    return [
        (texts.plain(f"judging-rate-{name}"), found[name]["numerator"], found[name]["denominator"])
        for name in _RATES
    ]


def _groups(community: Community, figures: Mapping[str, Any]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for code, count in figures["by_item"].items():
        if code in community.catalogue:
            counted[community.catalogue.item(code).group_name] += count
    return counted.most_common(_MOST_GROUPS)


def _item_name(community: Community, code: str) -> str:
    return community.catalogue.item(code).name if code in community.catalogue else code


def notice_text(texts: Texts, community: Community, month: str, figures: Mapping[str, Any]) -> Markup:
    """Counts, rates, prices, donations and lists; each number can be read by itself."""
    lines: list[str] = [
        texts("judging-notice-head", community=community.name, month=month_words(texts, month)),
        "",
        texts(
            "judging-notice-counts",
            total=figures["total"],
            urgent=figures["urgent"],
            organisations=figures["organisations"],
        ),
    ]
    groups = _groups(community, figures)
    if groups:
        entries = "、".join(texts.plain("stats-entry", name=name, count=count) for name, count in groups)
        lines.append(texts("judging-notice-groups", entries=entries))
    lines.append("")
    for name, part, whole in _rates(texts, figures):
        # Rounded down: nearly all is not all.
        share = f"{100 * part // whole}%" if whole else "—"
        lines.append(texts("judging-notice-rate", name=name, share=share, part=part, whole=whole))
    lines.append(texts("judging-notice-how"))
    lines += _section(
        texts,
        "judging-notice-prices",
        [
            texts.plain("judging-price", organisation=name, item=_item_name(community, code), words=words)
            for name, code, words in figures["prices"]
        ],
    )
    lines += _section(
        texts,
        "judging-notice-donations",
        [
            texts.plain(
                "judging-donation",
                donor=donor,
                gift=gift,
                purpose=purpose or texts.plain("judging-no-purpose"),
            )
            for donor, gift, purpose in figures["donations"]
        ],
    )
    lines += _section(texts, "judging-notice-red", figures["red"], none=False)
    black = [texts.plain("judging-notice-listed", name=n, reason=r) for n, r in figures["black"]]
    lines += _section(texts, "judging-notice-black", black, none=False)
    lines += ["", texts("judging-notice-foot", phone=community.duty_phone)]
    return Markup("\n".join(lines))


def _section(texts: Texts, key: str, entries: list[str], *, none: bool = True) -> list[str]:
    """A heading and its lines; an empty list says so, or is left out."""
    if not entries and not none:
        return []
    lines = [texts("judging-item", words=words) for words in entries[:_MOST_LINES]]
    if len(entries) > _MOST_LINES:
        lines.append(texts("judging-more", count=len(entries) - _MOST_LINES))
    return ["", texts(key), *(lines or [texts("judging-notice-none")])]


def notice_board(texts: Texts, community: Community, month: str, figures: Mapping[str, Any]) -> Board:
    """The same as a picture."""
    numbers = (
        ("total", figures["total"]),
        ("urgent", figures["urgent"]),
        ("organisations", figures["organisations"]),
    )
    tables: list[BoardTable] = [
        (
            texts.plain("judging-board-groups"),
            (texts.plain("judging-board-group"), texts.plain("judging-board-count")),
            (78, 22),
            tuple((name, str(count)) for name, count in _groups(community, figures)),
        ),
        (
            texts.plain("judging-board-prices"),
            tuple(texts.plain(f"judging-board-{head}") for head in ("organisation", "item", "price")),
            (38, 34, 28),
            tuple((n, _item_name(community, c), w) for n, c, w in figures["prices"][:_MOST_LINES]),
        ),
        (
            texts.plain("judging-board-donations"),
            tuple(texts.plain(f"judging-board-{head}") for head in ("donor", "gift", "purpose")),
            (34, 30, 36),
            tuple((donor, gift, purpose) for donor, gift, purpose in figures["donations"][:_MOST_LINES]),
        ),
    ]
    return Board(
        title=texts.plain("judging-board-title", community=community.short_name),
        subtitle=month_words(texts, month),
        figures=tuple((str(n), texts.plain(f"judging-board-{name}")) for name, n in numbers),
        rates_title=texts.plain("judging-board-rates"),
        rates=tuple(_rates(texts, figures)),
        tables=tuple(tables),
        nothing=texts.plain("judging-notice-none"),
    )
