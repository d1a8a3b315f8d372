"""Messages that show somebody phone, door or full words of a resident: each is written into the audit, and
those to leads are remembered, so that they can be folded some day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from casework.audit import Act
from casework.entities import Request
from casework.permissions import Role
from handlers.kit.context import Context
from handlers.ports import Outbox, OutgoingFile, Undeliverable

#: What carries words or a number; the rest, such as taking off buttons, shows nothing.
_SHOWS = ("text", "caption", "phone_number", "latitude", "photo", "voice", "video", "video_note", "document")


def revealing(context: Context, request: Request, act: Act = Act.PASSED_ON) -> Context:
    """The context whose messages show what is personal in the request."""
    out = context.out.through(lambda outbox: RevealingOutbox(outbox, context, request, act))
    return replace(context, out=out)


class RevealingOutbox:
    """An outbox between the speaker and the real one."""

    def __init__(self, outbox: Outbox, context: Context, request: Request, act: Act) -> None:
        self._outbox = outbox
        self._context = context
        self._request = request
        self._act = act

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
        """As `Outbox.add`. What a resident reads about their own request is no secret."""
        if chat_id != self._request.resident_id and any(field in payload for field in _SHOWS):
            if chat_id not in self._context.admins:
                reveals = self._request.id
            self._note(chat_id)
        await self._outbox.add(
            chat_id, method, payload, key=key, not_before=not_before, file=file, reveals=reveals
        )

    def _note(self, chat_id: int) -> None:
        """A private chat has the id of its person; who reads in a group, only the messenger knows."""
        note = self._context.uow.audit.note
        if chat_id < 0:
            note(self._act, None, Role.LEAD, self._request.id, group=chat_id)
        else:
            role = Role.ADMIN if chat_id in self._context.admins else Role.LEAD
            note(self._act, chat_id, role, self._request.id)

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
