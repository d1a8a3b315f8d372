"""What leads were shown is taken back when their time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from casework.entities import Request
from casework.giving.teams import PartStatus
from casework.permissions import Actor, Permission
from casework.policy import Mode
from casework.sight import LOOK_AGAIN, Showing, ShowingKind, lead_sees, over_since
from casework.statuses import OfferStatus, RequestStatus
from casework.use_case import UseCase
from casework.use_cases.reading import masked


@dataclass(frozen=True, slots=True)
class Fold:
    """A message that has to be folded, and the request as it may still be shown there."""

    showing: Showing
    request: Request


@dataclass(frozen=True, slots=True)
class Folds:
    """What is over among those that were looked at."""

    looked_at: int
    over: tuple[Fold, ...]


class FoldShowings(UseCase):
    """Finds the messages whose readers may not see any more what they show. They are forgotten with that:
    the outbox sees to it that each is edited."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, admins: frozenset[int], limit: int = 30) -> Folds:
        """Looks at `limit` messages at most. Workers and residents themselves keep what they have."""
        due = await self.uow.showings.due(self.now, limit)
        over = []
        for showing in due:
            request = await self.uow.requests.get(showing.request_id)
            if request is None or showing.chat_id in admins or showing.chat_id == request.resident_id:
                await self.uow.showings.gone(showing.chat_id, showing.message_id)
            elif showing.kind is not ShowingKind.CONTACT and await self._sees(showing.chat_id, request):
                await self._later(showing, request)
            else:
                await self.uow.showings.gone(showing.chat_id, showing.message_id)
                over.append(Fold(showing, masked(request, self.community)))
        return Folds(len(due), tuple(over))

    async def _later(self, showing: Showing, request: Request) -> None:
        since, span = over_since(request), timedelta(days=self.community.policy.sight_days)
        at = self.now + LOOK_AGAIN if since is None else since + span
        await self.uow.showings.look_again(showing, at)

    async def _sees(self, chat_id: int, request: Request) -> bool:
        """Whether one of the organisations behind a chat has it in hand, or is called to danger."""
        own = await self._behind(chat_id)
        if request.organisation_id in own and lead_sees(request, self.community, self.now):
            return True
        if request.urgent and request.status is RequestStatus.OFFERED:
            offers = await self.uow.offers.of_request(request.id)
            return any(o.organisation_id in own and o.status is OfferStatus.OPEN for o in offers)
        if request.mode is not Mode.TEAM or not lead_sees(request, self.community, self.now):
            return False
        parts = await self.uow.teams.of_request(request.id)
        return any(p.organisation_id in own and p.status is PartStatus.ACCEPTED for p in parts)

    async def _behind(self, chat_id: int) -> set[int]:
        """A private chat has the id of its person; a group may be bound to organisations."""
        if chat_id > 0:
            return set(await self.uow.organisations.led_by(chat_id))
        return {o.id for o in await self.uow.organisations.all() if o.group_chat_id == chat_id}
