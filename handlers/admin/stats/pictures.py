"""The pictures of /stats, made when their turn to be sent has come."""

from __future__ import annotations

import logging
from typing import Any

from casework.books.figures import Axis, Report, Tally
from casework.books.rates import RateKind
from casework.permissions import Actor, Role
from casework.use_cases.figures import BreakDown, ShowFigures
from handlers.admin.spans import read_span
from handlers.admin.stats.codes import View, view_of
from handlers.admin.stats.gallery import Gallery
from handlers.admin.stats.names import Names, columns, unit_of
from handlers.drawings import Drawing
from handlers.kit.callbacks import ReportCD
from handlers.kit.context import Context
from handlers.kit.outgoing import markup
from handlers.kit.texts import Markup
from handlers.ports import Chart, Delivery

log = logging.getLogger(__name__)


def asked_by(payload: dict[str, Any], context: Context) -> Actor:
    """Who asked, if they are still a worker."""
    roles = frozenset({Role.ADMIN} if payload["actor"] in context.admins else ())
    return Actor(payload["actor"], context.community.id, roles)


async def as_photo(context: Context, drawing: Drawing, fields: dict[str, Any], caption: str) -> Delivery:
    """The picture with its caption; the caption alone where it cannot be drawn, for its buttons lead on.

    Raises RuntimeError where nobody draws at all.
    """
    if context.charts is None:
        raise RuntimeError("nobody here draws charts")
    try:
        picture = await context.charts.draw(drawing)
    except (RuntimeError, TimeoutError) as error:
        log.warning("a picture could not be drawn: %s", type(error).__name__)
        words = context.texts("stats-no-picture", caption=Markup(caption))
        return Delivery("SendMessage", {**fields, "text": words})
    return Delivery("SendPhoto", {**fields, "caption": caption}, ("photo", "stats.png", picture))


def _view(payload: dict[str, Any], context: Context) -> View:
    view = view_of(ReportCD.unpack(payload["report"]), context.community.timezone)
    # The days are fixed by the button; how they were called is told by the code beside it.
    named = read_span(context.texts, payload.get("span", ""), context.now, view.span.timezone, "-")
    same = named is not None and (named.first, named.last) == (view.span.first, view.span.last)
    return View(named, view.cut) if named is not None and same else view


async def stats_chart(payload: dict[str, Any], context: Context) -> Delivery:
    """The overview as a picture."""
    view, actor = _view(payload, context), asked_by(payload, context)
    report = await context.cases(ShowFigures)(actor, view.asked)
    groups = await context.cases(BreakDown)(actor, Axis.GROUP, view.asked)
    days = await context.cases(BreakDown)(actor, Axis.DAY, view.asked)
    names = await Names.of(context)
    ranked = tuple((name, tally.total) for _, name, tally in names.ordered(Axis.GROUP, groups))
    chart = overview_chart(names, view, report, ranked, days)
    dates = view.span.dates(context.texts)
    caption = context.texts("stats-chart-caption", title=names.title(view), dates=dates)
    fields = {"chat_id": payload["chat_id"], "parse_mode": "HTML"}
    return await as_photo(context, chart, fields, caption)


def overview_chart(
    names: Names,
    view: View,
    report: Report,
    ranked: tuple[tuple[str, int], ...],
    by_day: dict[str, Tally],
) -> Chart:
    """Big numbers, the days, what there was most of, and the three rates."""
    texts, tally, effort = names.texts, report.tally, report.effort
    stars = f"{effort.stars / effort.rated:.1f}" if effort.rated else "—"
    figures = (("total", tally.total), ("urgent", tally.urgent), ("late", tally.late), ("stars", stars))
    unit = unit_of(view.span)
    return Chart(
        title=names.title(view),
        subtitle=view.span.dates(texts),
        figures=tuple((str(n), texts.plain(f"chart-{name}")) for name, n in figures),
        days_title=texts.plain(f"chart-by-{unit}"),
        days=tuple((c.label, c.tally.total) for c in columns(texts, view.span, by_day, unit)),
        groups_title=texts.plain("chart-groups"),
        groups=ranked,
        rates_title=texts.plain("chart-rates"),
        rates=tuple(
            (texts.plain(f"stats-rate-{kind}"), rate.numerator, rate.denominator)
            for kind in RateKind
            if (rate := report.rates.of(kind)) is not None
        ),
        nothing=texts.plain("stats-nothing"),
    )


async def stats_picture(payload: dict[str, Any], context: Context) -> Delivery:
    """One report as a picture, with the lists behind it under it."""
    pressed = ReportCD.unpack(payload["report"])
    view = view_of(pressed, context.community.timezone)
    gallery = Gallery(context, asked_by(payload, context), await Names.of(context), view)
    hung = await gallery.hang(pressed.part)
    fields: dict[str, Any] = {
        "chat_id": payload["chat_id"],
        "parse_mode": "HTML",
        "reply_markup": markup(hung.keyboard),
    }
    return await as_photo(context, hung.drawing, fields, hung.caption)
