"""/ledger: the three ledgers in chat, with filters, pages, and the sheet an office prints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from casework.books.ledgers import Book
from casework.permissions import Permission, require
from casework.use_cases.ledger_views import ReadNeeds, ReadProblems, ReadRectifications
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed
from handlers.admin.ledger_words import NEED_STATES, STATES, LedgerLines, Wanted
from handlers.kit.buttons import button
from handlers.kit.callbacks import LedgerCD, ProblemCD, RectifyCD, TriageCD
from handlers.kit.outgoing import Button, Keyboard
from handlers.kit.texts import Markup

_PAGE = 8
_MONTHS = 12
_CHOICES = 24
#: The filters, as buttons' data call them.
_FIELDS = ("month", "state", "kind", "org", "place")


async def on_command(message: Message, desk: Desk) -> None:
    """`/ledger`: the needs of this month."""
    await _show(desk, LedgerCD(action="show", book="n", month=_this_month(desk)))


def _this_month(desk: Desk) -> int:
    today = desk.context.now.astimezone(ZoneInfo(desk.context.community.timezone))
    return today.year * 100 + today.month


async def on_show(callback: CallbackQuery, pressed: LedgerCD, desk: Desk) -> None:
    """Another ledger, page or filter, in the same message."""
    await _show(desk, pressed)


async def _show(desk: Desk, pressed: LedgerCD) -> None:
    # Half a million requests are not for one list: of needs there is always one month.
    if pressed.book == "n" and Wanted(pressed, desk.context.community).month is None:
        pressed = pressed.model_copy(update={"month": _this_month(desk)})
    wanted = Wanted(pressed, desk.context.community)
    lines, entries, counts = await _page(desk, wanted)
    total = sum(counts.values())
    head = await _head(desk, wanted)
    parts = "".join(
        desk.texts.plain("ledger-part", name=name, count=count)
        for name, count in _parts(desk, wanted, counts)
    )
    body = [desk.texts("ledger-total", total=total, parts=parts), ""] if total else []
    text = Markup("\n".join([*head, *body, *(lines or [desk.texts("ledger-none")])]))
    await desk.show(text, [*entries, *_controls(desk, wanted, total)])


async def _page(desk: Desk, wanted: Wanted) -> tuple[list[Markup], list[list[Button]], dict[str, int]]:
    """The lines of a page, a button for each, and the counts of the whole."""
    words, start, cases = LedgerLines(desk.context), wanted.pressed.page * _PAGE, desk.context.cases
    if wanted.book is Book.NEEDS:
        needs, counts = await cases(ReadNeeds)(desk.actor, wanted.requests(), _PAGE, start)
        taps = [(r.request.number, TriageCD(action="show", id=r.request.id).pack()) for r in needs]
        return [words.need(row) for row in needs], _rows(taps), counts
    if wanted.book is Book.PROBLEMS:
        problems, counts = await cases(ReadProblems)(desk.actor, wanted.entries(), _PAGE, start)
        ids = [line.row.problem.id for line in problems]
        taps = [
            button(desk.texts, "ledger-entry", ProblemCD(action="show", id=i), value=f"📕 {i}") for i in ids
        ]
        return [words.problem(line) for line in problems], _rows(taps, 4), counts
    entries, counts = await cases(ReadRectifications)(desk.actor, wanted.entries(), _PAGE, start)
    ids = [line.row.rectification.id for line in entries]
    taps = [button(desk.texts, "ledger-entry", RectifyCD(action="show", id=i), value=f"🛠 {i}") for i in ids]
    return [words.rectification(line) for line in entries], _rows(taps, 4), counts


def _rows(taps: list[Button], wide: int = 2) -> list[list[Button]]:
    return [taps[n : n + wide] for n in range(0, len(taps), wide)]


async def _head(desk: Desk, wanted: Wanted) -> list[Markup]:
    title = desk.texts.plain(f"ledger-title-{wanted.book}")
    lines = [desk.texts("ledger-head", title=title, month=wanted.month_name(desk.texts))]
    names = await _names(desk, wanted)
    if names:
        lines.append(desk.texts("ledger-filters", filters="、".join(names.values())))
    return lines


async def _names(desk: Desk, wanted: Wanted) -> dict[str, str]:
    organisation = (
        await desk.context.uow.organisations.get(wanted.pressed.org) if wanted.pressed.org else None
    )
    return wanted.names(desk.texts, organisation.name if organisation else "")


def _parts(desk: Desk, wanted: Wanted, counts: dict[str, int]) -> Iterable[tuple[str, int]]:
    """The counts in words, in a fixed order; where nothing is, nothing is said."""
    if wanted.book is Book.NEEDS:
        of = {code: sum(counts.get(s.value, 0) for s in statuses) for code, statuses in NEED_STATES.items()}
        named = {desk.texts.plain(f"ledger-state-n-{code}"): n for code, n in of.items()}
    elif wanted.book is Book.PROBLEMS:
        named = {desk.texts.plain(f"problem-{kind}"): n for kind, n in sorted(counts.items())}
    else:
        named = {desk.texts.plain(f"rectify-state-{state}"): n for state, n in sorted(counts.items())}
    return [(name, count) for name, count in named.items() if count]


def _controls(desk: Desk, wanted: Wanted, total: int) -> Keyboard:
    """Pages, filters, the other ledgers, the sheet."""
    pressed, texts = wanted.pressed, desk.texts
    names = wanted.names(texts, "✓")
    pages, turn = max(1, -(-total // _PAGE)), []
    if pressed.page > 0:
        turn.append(button(texts, "ledger-newer", _with(pressed, page=pressed.page - 1)))
    if pressed.page < pages - 1:
        at = pressed.page + 1
        turn.append(button(texts, "ledger-older", _with(pressed, page=at), page=at + 1, pages=pages))

    def choose(what: str) -> Button:
        value = names.get(what) or texts.plain(f"ledger-any-{what}")
        return button(texts, f"ledger-{what}", _with(pressed, action=what, page=0), value=value)

    month = _with(pressed, action="month", page=0)
    return [
        turn,
        [button(texts, "ledger-month", month, value=wanted.month_name(texts)), choose("state")],
        [choose("kind"), choose("org"), choose("place")],
        [
            button(texts, f"ledger-{book}", LedgerCD(action="show", book=book.value[0], month=pressed.month))
            for book in Book
            if book is not wanted.book
        ],
        [button(texts, "ledger-xlsx", _with(pressed, action="xlsx", page=0))],
    ]


def _with(pressed: LedgerCD, action: str = "show", **changes: int | str) -> LedgerCD:
    return pressed.model_copy(update={"action": action, **changes})


async def on_choose(callback: CallbackQuery, pressed: LedgerCD, desk: Desk) -> None:
    """The choices of one filter."""
    require(desk.actor, Permission.READ_REPORTS)
    what, wanted = pressed.action, Wanted(pressed, desk.context.community)
    every = await _choices(desk, wanted)
    start = pressed.page * _CHOICES
    base = _with(pressed, page=0)
    taps = [
        button(desk.texts, "ledger-choice", base.model_copy(update={what: value}), value=name)
        for value, name in every[start : start + _CHOICES]
    ]
    rows = _rows(taps, 3 if what == "month" else 2)
    pages = max(1, -(-len(every) // _CHOICES))
    if pressed.page < pages - 1:
        at = pressed.page + 1
        more = _with(pressed, action=what, page=at)
        rows.append([button(desk.texts, "ledger-older", more, page=at + 1, pages=pages)])
    rows.append([button(desk.texts, "ledger-back", _with(pressed, page=0))])
    await desk.show(desk.texts(f"ledger-choose-{what}"), rows)


async def _choices(desk: Desk, wanted: Wanted) -> list[tuple[int | str, str]]:
    """(value, words), the first of them for all."""
    texts, community, what = desk.texts, desk.context.community, wanted.pressed.action
    if what == "month":
        name = [texts.plain("ledger-month", year=m // 100, month=m % 100) for m in _months(desk)]
        months: list[tuple[int | str, str]] = list(zip(_months(desk), name, strict=True))
        return months if wanted.code == "n" else [(0, texts.plain("ledger-all-months")), *months]
    every: list[tuple[int | str, str]] = [
        ("" if what in ("state", "kind") else 0, texts.plain(f"ledger-any-{what}"))
    ]
    if what == "state":
        return every + [(s, texts.plain(f"ledger-state-{wanted.code}-{s}")) for s in STATES[wanted.code]]
    if what == "kind":
        return every + wanted.kinds(texts)
    if what == "org":
        organisations = await desk.context.uow.organisations.all()
        return every + [(o.id, o.name) for o in sorted(organisations, key=lambda o: o.name)]
    return every + [(n, name) for n, name in enumerate(community.compounds, start=1)]


def _months(desk: Desk) -> list[int]:
    first = date(*divmod(_this_month(desk), 100), 1)
    found = []
    for _ in range(_MONTHS):
        found.append(first.year * 100 + first.month)
        first = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    return found


async def on_xlsx(callback: CallbackQuery, pressed: LedgerCD, desk: Desk) -> None:
    """The same entries as a sheet to print."""
    require(desk.actor, Permission.READ_REPORTS)
    title = desk.texts.plain(f"ledger-title-{Wanted(pressed, desk.context.community).book}")
    await desk.aside().say("ledger-wait", title=title)
    await later(desk, "ledger", wanted=pressed.pack())


def make_router() -> Router:
    """The ledgers."""
    router = Router(name="admin.ledger")
    router.message.register(on_command, Command("ledger"))
    router.callback_query.register(on_show, Pressed(LedgerCD, "show"))
    router.callback_query.register(on_choose, Pressed(LedgerCD, *_FIELDS))
    router.callback_query.register(on_xlsx, Pressed(LedgerCD, "xlsx"))
    return router
