"""In quiet hours only what is urgent rings: everything else waits for the morning's digest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any

from casework.elsewhere import is_elsewhere
from casework.entities import Offer, Request
from casework.events import AnyEvent
from casework.promises.quiet import HeldMessage, is_awake, quiet_until
from casework.promises.schedules import ScheduleKind
from handlers.announce.telling import Telling
from handlers.ports import Outbox, OutgoingFile, Undeliverable

#: Characters of a title; longer first lines are cut.
_TITLE = 60


def quietly(tell: Telling, event: AnyEvent) -> Telling:
    """How to tell of this event now: as always, or held back where it would wake somebody."""
    context = tell.context
    until = quiet_until(context.community, context.now)
    if until is None or _is_urgent(event):
        return tell
    out = context.out.through(lambda outbox: NightOutbox(outbox, tell, event, until))
    return replace(tell, context=replace(context, out=out))


def _is_urgent(event: AnyEvent) -> bool:
    request = _request(event)
    return request is not None and request.urgent


def _request(event: AnyEvent) -> Request | None:
    found = getattr(event, "request", None)
    return found if isinstance(found, Request) else None


class NightOutbox:
    """An outbox that lets through what wakes nobody, and holds the rest. Knows the event it speaks of."""

    def __init__(self, outbox: Outbox, tell: Telling, event: AnyEvent, until: datetime) -> None:
        self._outbox = outbox
        self._tell = tell
        self._context = tell.context
        self._event = event
        self._until = until

    async def add(
        self,
        chat_id: int,
        method: str,
        payload: dict[str, Any],
        *,
        key: str | None = None,
        not_before: datetime | None = None,
        file: OutgoingFile | None = None,
        reveals: int | None = None,
    ) -> None:
        """As `Outbox.add`. What has no words of its own is sent by itself in the morning."""
        words = payload.get("text") or payload.get("caption") or ""
        if (
            not_before is not None
            or method.startswith(("Edit", "Delete"))
            or await self._wakes_nobody(chat_id)
        ):
            await self._outbox.add(
                chat_id, method, payload, key=key, not_before=not_before, file=file, reveals=reveals
            )
        elif file is not None or not words:
            await self._outbox.add(
                chat_id, method, payload, key=key, not_before=self._until, file=file, reveals=reveals
            )
        else:
            await self._hold(chat_id, method, payload, key, words, reveals)

    async def _wakes_nobody(self, chat_id: int) -> bool:
        if chat_id in self._context.acting or is_elsewhere(chat_id):
            return True
        return is_awake(await self._context.uow.people.get(chat_id), self._context.now)

    async def _hold(
        self,
        chat_id: int,
        method: str,
        payload: dict[str, Any],
        key: str | None,
        words: str,
        reveals: int | None,
    ) -> None:
        request, offer = _request(self._event), getattr(self._event, "offer", None)
        message = HeldMessage(
            0,
            chat_id,
            method,
            payload,
            key,
            # The list of the morning is not folded some day, as what it opens is.
            self._title(words if reveals is None else self._tell.texts("digest-private"), request),
            type(self._event).__name__,
            request.id if request else None,
            offer.id if isinstance(offer, Offer) else None,
            request.status.value if request else "",
            self._context.now,
            reveals=reveals,
        )
        await self._context.uow.held.add(message)
        await self._context.uow.schedules.plan_first(ScheduleKind.MORNING_DIGEST, self._until)

    def _title(self, words: str, request: Request | None) -> str:
        first = unescape(re.sub(r"<[^<>]*>", "", words)).strip().split("\n")[0]
        first = first if len(first) <= _TITLE else first[: _TITLE - 1] + "…"
        if request is None or request.number in first:
            return first
        return self._tell.texts.plain("digest-title", what=first, **self._tell.about(request))

    # The rest of an outbox is as always.

    async def add_to_each(
        self, chat_ids: Iterable[int], method: str, payload: dict[str, Any], key_prefix: str
    ) -> None:
        """As `Outbox.add_to_each`."""
        await self._outbox.add_to_each(chat_ids, method, payload, key_prefix)

    async def count_by_key_prefix(self, prefix: str) -> dict[str, int]:
        """As `Outbox.count_by_key_prefix`."""
        return await self._outbox.count_by_key_prefix(prefix)

    async def failures(self, limit: int = 20) -> Sequence[Undeliverable]:
        """As `Outbox.failures`."""
        return await self._outbox.failures(limit)
