"""What takes long is made when its turn to be sent has come: charts, ledgers, templates."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from casework.permissions import Permission, require
from casework.reports import RequestFilter
from casework.use_cases.explaining import ExplainReading
from casework.use_cases.reading import ExportRequests, ExportRow, SeeRequest
from handlers.admin.desk import Desk
from handlers.admin.ledger_forms import ledger
from handlers.admin.sheets import LedgerWriter, organisation_template
from handlers.admin.spans import Span, read_span
from handlers.admin.stats import pictures
from handlers.admin.stats.pictures import asked_by
from handlers.judging import forms as judging_forms
from handlers.judging import pictures as judging_pictures
from handlers.kit.context import Context
from handlers.kit.why import Why
from handlers.letters.writing import letter
from handlers.ports import Delivery
from handlers.privacy.files import own_data

#: The Bot API takes uploads of up to 50 MB.
MAX_UPLOAD = 49 * 1024 * 1024
_AT_ONCE = 500


async def later(desk: Desk, kind: str, **fields: str) -> None:
    """Have it made for this worker after the transaction; `now` fixes which days it is about."""
    payload = {
        "kind": kind,
        "chat_id": desk.chat_id,
        "actor": desk.person.id,
        "now": desk.context.now.isoformat(),
        **fields,
    }
    await desk.context.uow.outbox.add(desk.chat_id, "Deferred", payload)


def _span(payload: dict[str, Any], context: Context) -> Span:
    from datetime import datetime

    asked = datetime.fromisoformat(payload["now"])
    span = read_span(context.texts, payload["span"], asked, context.community.timezone, "")
    if span is None:
        raise ValueError("a deferred report without days")
    return span


async def export(payload: dict[str, Any], context: Context) -> Delivery:
    """The ledger as an xlsx file; one too big for the messenger becomes a sentence."""
    span = _span(payload, context)
    wanted = RequestFilter(since=span.since, until=span.until)
    rows = await context.cases(ExportRequests)(asked_by(payload, context), wanted)
    writer = LedgerWriter(context.community, context.texts)
    batch: list[ExportRow] = []
    count = 0
    async for row in rows:
        batch.append(row)
        count += 1
        if len(batch) == _AT_ONCE:
            await asyncio.to_thread(_write, writer, batch)
            batch = []
    await asyncio.to_thread(_write, writer, batch)
    content = await asyncio.to_thread(writer.finish)
    chat = {"chat_id": payload["chat_id"]}
    if len(content) > MAX_UPLOAD:
        return Delivery("SendMessage", {**chat, "text": context.texts.plain("export-too-big")})
    name = context.texts.plain(
        "export-file", community=context.community.short_name, first=span.first, last=span.last
    )
    caption = context.texts.plain("export-caption", count=count, dates=span.dates(context.texts))
    return Delivery("SendDocument", {**chat, "caption": caption}, ("document", name, content))


def _write(writer: LedgerWriter, rows: list[ExportRow]) -> None:
    for row in rows:
        writer.add(row)


async def template(payload: dict[str, Any], context: Context) -> Delivery:
    """The empty list of organisations."""
    require(asked_by(payload, context), Permission.MANAGE_ORGANISATIONS)
    content = await asyncio.to_thread(organisation_template, context.community, context.texts)
    name = context.texts.plain("import-file", community=context.community.short_name)
    caption = context.texts.plain("import-caption")
    return Delivery(
        "SendDocument", {"chat_id": payload["chat_id"], "caption": caption}, ("document", name, content)
    )


async def why_chart(payload: dict[str, Any], context: Context) -> Delivery:
    """What the reader thought of when a request was filed, as a picture."""
    if context.charts is None:
        raise RuntimeError("nobody here draws charts")
    actor, number = asked_by(payload, context), int(payload["request"])
    kept = await context.cases(ExplainReading)(actor, number)
    if kept is None:
        raise ValueError("a picture of a reading that is not kept")
    view = await context.cases(SeeRequest)(actor, number)
    why = Why(context, view.request, kept, everything=True)
    picture = await context.charts.draw(why.bars())
    caption = context.texts.plain(
        "why-chart-caption", number=view.request.number, item=why.name(why.part["intent"])
    )
    fields = {"chat_id": payload["chat_id"], "caption": caption}
    return Delivery("SendPhoto", fields, ("photo", "why.png", picture))


#: kind of a deferred outbox row → what makes its message
DEFERRED: dict[str, Callable[[dict[str, Any], Context], Awaitable[Delivery]]] = {
    "stats_chart": pictures.stats_chart,
    "stats_picture": pictures.stats_picture,
    "letter": letter,
    "why_chart": why_chart,
    "export": export,
    "template": template,
    "ledger": ledger,
    "evaluation_picture": judging_pictures.evaluation_picture,
    "notice_draft_picture": judging_pictures.notice_draft_picture,
    "notice_picture": judging_pictures.notice_picture,
    "evaluation_form": judging_forms.evaluation_form,
    "register_form": judging_forms.register_file,
    "own_data": own_data,
}
