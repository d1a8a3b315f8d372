"""A weekly letter, written and drawn when its turn to be sent has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.books.figures import Axis
from casework.books.letters import LetterTo, Week, week_from
from casework.permissions import Actor, Role
from casework.use_cases.letters import WriteLetter, WriteOwnLetter
from handlers.admin.stats.names import Names
from handlers.admin.stats.pictures import as_photo, asked_by, overview_chart
from handlers.kit.context import Context
from handlers.kit.outgoing import CAPTION_LIMIT, markup, split_html
from handlers.letters.words import Written
from handlers.ports import Delivery


async def post(context: Context, letter: LetterTo, week: Week, *, again: bool = False) -> None:
    """Put it into the outbox; a week's letter goes to each person once, unless they ask for it `again`."""
    payload = {
        "kind": "letter",
        "chat_id": letter.chat_id,
        "actor": letter.person_id,
        "organisation": letter.organisation_id or 0,
        "monday": week.monday.isoformat(),
    }
    key = f"letter/{week.monday}/{letter.organisation_id or 0}/{letter.person_id}"
    await context.uow.outbox.add(letter.chat_id, "Deferred", payload, key=None if again else key)


async def letter(payload: dict[str, Any], context: Context) -> Delivery:
    """The letter as a picture with words under it; words alone when there is nothing to draw."""
    week = week_from(date.fromisoformat(payload["monday"]), context.community, context.now)
    names = await Names.of(context)
    if organisation_id := payload["organisation"]:
        actor = await _lead(payload["actor"], context)
        found = await context.cases(WriteOwnLetter)(actor, organisation_id, week)
    else:
        found = await context.cases(WriteLetter)(asked_by(payload, context), week)
    written = Written(names, found, week, organisation_id or None)
    fields = {
        "chat_id": payload["chat_id"],
        "parse_mode": "HTML",
        "reply_markup": markup(written.keyboard()),
    }
    if found.quiet:
        return Delivery("SendMessage", {**fields, "text": written.text()})
    ranked = tuple((name, t.total) for _, name, t in names.ordered(Axis.GROUP, written.groups()))
    chart = overview_chart(names, written.view, found.report, ranked, found.by_day)
    return await as_photo(context, chart, fields, split_html(written.text(), CAPTION_LIMIT)[0])


async def _lead(person_id: int, context: Context) -> Actor:
    """Whoever the letter is for, if they still lead."""
    ids = frozenset(await context.uow.organisations.led_by(person_id))
    roles = frozenset({Role.LEAD} if ids else ())
    return Actor(person_id, context.community.id, roles, ids)
