"""Messages that show a lead what is personal: written down when they are sent, folded in the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.recurring import Recurring
from casework.catalogue import Community
from casework.permissions import system
from casework.promises.schedules import Schedule, ScheduleKind
from casework.sight import Showing, ShowingKind, first_look
from casework.use_cases.folding import FoldShowings
from handlers.kit.context import Context
from handlers.lead.folding import fold

if TYPE_CHECKING:
    from bot.delivery import Outcome
    from storage.repositories.outbox import OutboxItem
    from storage.unit_of_work import UnitOfWork

_KINDS = {
    "SendMessage": ShowingKind.TEXT,
    "EditMessageText": ShowingKind.TEXT,
    "SendContact": ShowingKind.CONTACT,
    **dict.fromkeys(("SendPhoto", "SendVideo", "SendDocument"), ShowingKind.MEDIA),
    **dict.fromkeys(("SendVoice", "SendAudio"), ShowingKind.CAPTION),
}
#: So many are folded at once, and then this long nothing: a chat takes one message a second.
_MOST, _PAUSE = 30, timedelta(seconds=30)
_EVERY = timedelta(hours=1)


async def note_sent(
    uow: UnitOfWork, community: Community, item: OutboxItem, outcome: Outcome, now: datetime
) -> None:
    """After a message was sent: what it shows, or that an edited one shows nothing any more."""
    chat = outcome.moved_to or item.chat_id
    message_id = outcome.message_id or item.payload.get("message_id")
    if not isinstance(message_id, int):
        return
    kind = _KINDS.get(item.method)
    if item.reveals is not None and kind is not None:
        look_at = first_look(kind, now, community)
        await uow.showings.add(Showing(chat, message_id, item.reveals, kind, now, look_at))
    elif item.method == "EditMessageText":
        await uow.showings.gone(chat, message_id)


async def fold_showings(context: Context, schedule: Schedule) -> None:
    """Every hour, in small bites."""
    folds = await context.cases(FoldShowings)(system(context.community.id), context.admins, _MOST)
    for one in folds.over:
        await fold(context, one)
    if folds.looked_at == _MOST:
        await context.uow.schedules.plan(schedule.kind, context.now + _PAUSE)


RECURRING = {ScheduleKind.FOLD_SHOWINGS: Recurring(lambda now, community: now + _EVERY, fold_showings)}
