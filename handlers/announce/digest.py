"""The morning: what waited is told as one message a chat; what no longer matters is left out."""

from __future__ import annotations

from collections.abc import Iterable

from casework.promises.quiet import HeldMessage, quiet_until
from casework.promises.schedules import Schedule, ScheduleKind
from casework.statuses import IN_WORK, OfferStatus
from handlers.kit.callbacks import HeldCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Button
from handlers.kit.texts import Markup

#: Chats that one transaction tells, so that nobody waits for it.
_CHATS = 50
#: Entries of one message, and buttons in a row of it.
_ENTRIES, _A_ROW = 30, 5
#: Events that ask somebody for something: they matter only while the request still stands there, and of
#: several the last says it all.
_ASKING = frozenset(
    {
        "NeedsTriage",
        "PoolOpened",
        "WorkerReminded",
        "SolvedAsked",
        "ResidentAsked",
        "AnswerAwaited",
        "ReopenRequested",
        "WorkDone",
    }
)
#: The same question again: the first one says more.
_ASKED_BEFORE = {"SolvedAsked": "WorkDone", "AnswerAwaited": "ResidentAsked"}
_OFFERING = frozenset({"OfferMade", "OfferReminder"})
#: Nobody needs to hear that something is no longer theirs of which they never heard.
_TAKING_BACK = frozenset({"OfferWithdrawn", "OfferExpired", "RequestCancelled"})
_FIRST_WORDS = frozenset({"OfferMade", "PoolOpened"})
_LAST_COUNTS = _ASKING | {"RequestUrged", "ResolveReminder", "OfferReminder"}


async def tell_in_the_morning(context: Context, schedule: Schedule) -> None:
    """Tell what waits, some chats at once; late after an outage, yet never in quiet hours."""
    again = quiet_until(context.community, context.now)
    if again is not None:
        return await context.uow.schedules.plan(ScheduleKind.MORNING_DIGEST, again)
    chats = await context.uow.held.chats(_CHATS)
    for chat in chats:
        await _tell(context, chat)
    if len(chats) == _CHATS:
        await context.uow.schedules.plan(ScheduleKind.MORNING_DIGEST, context.now)
    return None


async def _tell(context: Context, chat: int) -> None:
    waiting = await context.uow.held.of_chat(chat)
    fresh = _without_repeats([m for m in waiting if await matters(context, m)])
    fresh = _without_news_of_nothing(fresh, waiting)
    kept = {m.id for m in fresh}
    await context.uow.held.drop([m.id for m in waiting if m.id not in kept])
    await context.uow.held.told(kept, context.now)
    if len(fresh) == 1:
        only = fresh[0]
        await context.uow.outbox.add(chat, only.method, only.payload, key=only.key, reveals=only.reveals)
        return
    for first in range(0, len(fresh), _ENTRIES):
        await _list(context, chat, fresh[first : first + _ENTRIES], first, len(fresh))


async def _list(context: Context, chat: int, messages: list[HeldMessage], before: int, count: int) -> None:
    texts = context.texts
    lines, buttons = [], []
    for n, message in enumerate(messages, start=before + 1):
        lines.append(texts("digest-line", n=n, title=message.title))
        buttons.append((texts.plain("button-digest-open", n=n), HeldCD(id=message.id).pack()))
    text = Markup("\n".join([texts("digest-head", count=count), *lines, texts("digest-foot")]))
    once = f"digest/{messages[0].id}/{messages[-1].id}/{chat}"
    await context.out.send(chat, text, list(_rows(buttons)), once=once)


def _rows(buttons: list[Button]) -> Iterable[list[Button]]:
    return (buttons[n : n + _A_ROW] for n in range(0, len(buttons), _A_ROW))


async def matters(context: Context, message: HeldMessage) -> bool:
    """Whether what a held message asks for or tells of still stands."""
    if message.request_id is None:
        return True
    request = await context.uow.requests.get(message.request_id)
    if request is None:
        return False
    if message.event in _OFFERING and message.offer_id is not None:
        offer = await context.uow.offers.get(message.offer_id)
        return offer is not None and offer.status is OfferStatus.OPEN
    if message.event == "ResolveReminder":
        return request.status in IN_WORK
    return message.event not in _ASKING or request.status.value == message.status


def _without_repeats(messages: list[HeldMessage]) -> list[HeldMessage]:
    last = {(m.event, m.request_id): m.id for m in messages}
    return [
        m
        for m in messages
        if (m.event not in _LAST_COUNTS or last[m.event, m.request_id] == m.id)
        and (_ASKED_BEFORE.get(m.event), m.request_id) not in last
    ]


def _without_news_of_nothing(fresh: list[HeldMessage], waiting: list[HeldMessage]) -> list[HeldMessage]:
    """Without what takes back an offer that waited with it."""
    first: dict[int | None, str] = {}
    for message in waiting:
        first.setdefault(message.request_id, message.event)
    unheard = {request for request, event in first.items() if event in _FIRST_WORDS}
    return [m for m in fresh if m.event not in _TAKING_BACK or m.request_id not in unheard]
