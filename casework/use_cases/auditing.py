"""Workers look into the audit: who saw a request, and what was changed lately."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.audit import AuditEntry
from casework.entities import Organisation, Person, Request
from casework.errors import NotFound
from casework.permissions import Actor, Permission
from casework.use_case import UseCase


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some entries, newest first, with the people, organisations and requests that they name.

    `request` is the one that was asked about; `before` goes on where the page ends.
    """

    entries: tuple[AuditEntry, ...]
    request: Request | None
    people: Mapping[int, Person]
    organisations: Mapping[int, Organisation]
    numbers: Mapping[int, str]
    before: int | None


class ReadAudit(UseCase):
    """`/audit`: the newest acts, or all about one request."""

    permission = Permission.READ_REPORTS

    async def __call__(
        self,
        actor: Actor,
        request_id: int | None = None,
        *,
        number: str = "",
        before: int | None = None,
        limit: int = 15,
    ) -> AuditPage:
        """Raises NotFound for an unknown request."""
        request = await self._asked(request_id, number)
        audit = self.uow.audit
        if request is None:
            found = await audit.newest(limit + 1, before)
        else:
            found = await audit.of_request(request.id, limit + 1, before)
        shown = found[:limit]
        named = {e.actor_id for e in shown} | {e.facts.get("person") for e in shown}
        people = await self.uow.people.many(p for p in named if isinstance(p, int))
        return AuditPage(
            tuple(shown),
            request,
            {person.id: person for person in people},
            await self._organisations(shown),
            await self._numbers(shown),
            shown[-1].seq if len(found) > limit else None,
        )

    async def _asked(self, request_id: int | None, number: str) -> Request | None:
        if request_id is None and not number:
            return None
        requests = self.uow.requests
        found = await (requests.by_number(number) if number else requests.get(request_id or 0))
        if found is None:
            raise NotFound(what="request", id=number or request_id)
        return found

    async def _organisations(self, entries: list[AuditEntry]) -> dict[int, Organisation]:
        ids = {i for e in entries if isinstance(i := e.facts.get("organisation"), int)}
        found = [await self.uow.organisations.get(i) for i in sorted(ids)]
        return {o.id: o for o in found if o is not None}

    async def _numbers(self, entries: list[AuditEntry]) -> dict[int, str]:
        ids = {e.request_id for e in entries if e.request_id is not None}
        found = [await self.uow.requests.get(i) for i in sorted(ids)]
        return {r.id: r.number for r in found if r is not None}
