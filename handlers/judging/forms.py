"""Results and the register as an office prints them, made when their turn to be sent has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from casework.entities import Organisation
from casework.judging.evaluation import Grade, Party, Result, Round
from casework.judging.register import Listing, ListKind
from casework.use_cases.evaluation import ShowResults
from casework.use_cases.register import ReadRegister
from handlers.forms import Cell, Form
from handlers.judging.pictures import asked_by
from handlers.judging.words import grade_words
from handlers.kit.context import Context
from handlers.ports import Delivery

#: column → width
RESULTS = {
    "rank": 7,
    "organisation": 30,
    "category": 14,
    "workers": 9,
    "experts": 9,
    "residents": 9,
    "voices": 9,
    "total": 9,
    "grade": 12,
    "services": 12,
    "remark": 24,
}
REGISTER = {
    "no": 6,
    "organisation": 26,
    "list": 11,
    "reason": 32,
    "entered": 16,
    "answer": 30,
    "decided": 16,
    "removed": 16,
    "why": 24,
}


def _form(
    context: Context,
    name: str,
    span: str,
    columns: dict[str, int],
    rows: Sequence[tuple[Cell, ...]],
    total: str,
) -> Form:
    texts, community = context.texts, context.community
    today = context.now.astimezone(ZoneInfo(community.timezone))
    return Form(
        title=f"{community.name}{texts.plain(f'judging-form-{name}-title')}",
        unit=texts.plain("form-unit", community=community.name),
        span=span,
        date=texts.plain("form-date", year=today.year, month=today.month, day=today.day),
        columns=tuple((texts.plain(f"judging-form-{name}-{column}"), w) for column, w in columns.items()),
        rows=tuple(rows),
        total_label=texts.plain("form-total"),
        total=total,
        sign=texts.plain("form-sign"),
        page=texts.plain("form-page"),
    )


def results_form(context: Context, shown: Round, entries: Sequence[tuple[Organisation, Result]]) -> Form:
    """Every organisation, ranked ones first."""
    texts = context.texts
    grades = Counter(result.grade for _, result in entries)
    total = texts.plain(
        "judging-form-result-sum",
        of=len(entries),
        ranked=sum(result.rank is not None for _, result in entries),
        **{grade.value: grades[grade] for grade in Grade},
    )
    rows = [_result_cells(context, organisation, result) for organisation, result in entries]
    return _form(context, "result", shown.title, RESULTS, rows, total)


def _result_cells(context: Context, organisation: Organisation, result: Result) -> tuple[Cell, ...]:
    texts, dash = context.texts, "—"
    points = [result.points.get(party.value) for party in Party]
    least = context.community.policy.judging.yearly_services
    remark = texts.plain("judging-form-few", least=least) if result.few else ""
    return (
        dash if result.rank is None else result.rank,
        organisation.name,
        organisation.category,
        *(dash if value is None else f"{value:g}" for value in points),
        sum(result.voices.values()),
        dash if result.total is None else f"{result.total:g}",
        grade_words(texts, result.grade),
        result.services,
        remark,
    )


def register_form(context: Context, entries: Sequence[tuple[Listing, Organisation]]) -> Form:
    """Every entry there ever was, oldest first, with what became of it."""
    texts = context.texts
    stands = Counter(listing.kind for listing, _ in entries if listing.removed_at is None)
    total = texts.plain(
        "judging-form-register-sum", of=len(entries), **{kind.value: stands[kind] for kind in ListKind}
    )
    rows = [
        (number, *_entry_cells(context, listing, organisation))
        for number, (listing, organisation) in enumerate(entries, start=1)
    ]
    return _form(context, "register", texts.plain("judging-form-register-span"), REGISTER, rows, total)


def _entry_cells(context: Context, listing: Listing, organisation: Organisation) -> tuple[Cell, ...]:
    zone = ZoneInfo(context.community.timezone)

    def day(moment: datetime | None) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""

    return (
        organisation.name,
        context.texts.plain(f"judging-list-{listing.kind}"),
        listing.reason,
        day(listing.at),
        listing.answer,
        day(listing.upheld_at),
        day(listing.removed_at),
        listing.removed_why,
    )


async def _document(context: Context, payload: dict[str, Any], form: Form, name: str) -> Delivery:
    if context.forms is None:
        raise RuntimeError("nobody here writes forms")
    content = await context.forms.write(form)
    fields = {"chat_id": payload["chat_id"], "caption": form.title}
    return Delivery("SendDocument", fields, ("document", name, content))


async def evaluation_form(payload: dict[str, Any], context: Context) -> Delivery:
    """The results of a round."""
    found = await context.cases(ShowResults)(asked_by(payload, context), int(payload["round"]))
    if found is None:
        raise ValueError("a form of a round without results")
    shown, entries = found
    name = context.texts.plain(
        "judging-form-result-file", community=context.community.short_name, title=shown.title
    )
    return await _document(context, payload, results_form(context, shown, entries), name)


async def register_file(payload: dict[str, Any], context: Context) -> Delivery:
    """The register with everything that is over."""
    entries = await context.cases(ReadRegister)(asked_by(payload, context))
    name = context.texts.plain("judging-form-register-file", community=context.community.short_name)
    return await _document(context, payload, register_form(context, entries), name)
