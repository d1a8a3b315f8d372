"""Words that were wrong, as their author writes them anew; the history keeps the old ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.entities import HistoryEntry, Request
from casework.errors import BadValue, NotFound, WrongState
from casework.events import NoteCorrected
from casework.permissions import Actor, Permission, Role
from casework.statuses import CLOSED
from casework.use_case import UseCase

#: A step of the history that moves nothing.
CORRECT = "correct"


def corrected(request: Request, actor: Actor, role: Role, at: datetime, old: str, new: str) -> HistoryEntry:
    """The history row that keeps what was said before."""
    return HistoryEntry(
        request.id,
        request.community_id,
        at,
        CORRECT,
        request.status,
        request.status,
        role.value,
        actor.person_id,
        f"{old} → {new}",
    )


class CorrectNote(UseCase):
    """A note of one's own on a request that is still open."""

    permission = Permission.SEE_REQUEST

    async def __call__(self, actor: Actor, note_id: int, text: str) -> Request:
        """Raises NotFound for a note of somebody else or of work that is no longer one's own, WrongState
        when the request is closed, BadValue for an empty text. The same text changes nothing."""
        note = await self.uow.notes.get(note_id)
        if note is None or note.author_id != actor.person_id:
            raise NotFound(what="note", id=note_id)
        request = await self.request(note.request_id)
        role = Role(note.author_role)
        mine = (
            request.resident_id == actor.person_id
            if role is Role.RESIDENT
            else actor.leads(request.organisation_id)
        )
        if not mine:
            raise NotFound(what="note", id=note_id)
        if request.status in CLOSED:
            raise WrongState(number=request.number, status=request.status.value, action=CORRECT)
        if not text.strip():
            raise BadValue(field="note")
        if text == note.text:
            return request
        await self.uow.notes.correct(note.id, text)
        request = request.with_(version=request.version + 1)
        await self.uow.requests.save(request, corrected(request, actor, role, self.now, note.text, text))
        organisation = await self.uow.organisations.get(request.organisation_id or 0)
        self.uow.record(NoteCorrected(request, organisation, replace(note, text=text), note.text))
        return request
