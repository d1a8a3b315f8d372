"""Whether a need is on file already: asked before filing, noted beside what was filed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from casework.catalogue import Community
from casework.entities import Address, Details, Request
from casework.errors import NotFound
from casework.events import LooksAlike
from casework.permissions import Actor, Permission
from casework.together.likeness import likeness, same_place
from casework.together.sameness import PRIVATE_ITEMS, SHARED_GROUPS, SHARED_ITEMS, Alike, Verdict
from casework.use_case import UseCase

#: So many are noted beside a new request.
_MOST_LINKED = 3
#: Two calls for help from one place so close to each other may be about one danger, whatever their words.
_SAME_DANGER = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class SameThing:
    """What a resident may know of a request that looks like theirs. `request` is cut by `seen_by_neighbours`
    unless it is their `own`; `people` have reported it; `mine` tells that they follow it already."""

    request: Request
    people: int
    own: bool = False
    mine: bool = False


def is_shared(community: Community, item: str) -> bool:
    """Whether it is everybody's business, so that a neighbour may be told of it."""
    if item in PRIVATE_ITEMS or community.at_home(item):
        return False
    return item in SHARED_ITEMS or community.catalogue.item(item).group in SHARED_GROUPS


def seen_by_neighbours(request: Request) -> Request:
    """Without the resident, phone, door, time and person; the words as everybody may see them."""
    return request.with_(
        resident_id=0,
        description=request.summary,
        details=Details(address=request.details.address.without_door()),
        hotlines=(),
        taken_by=None,
    )


class FindAlike(UseCase):
    """Ask before filing: is it one of these?"""

    permission = Permission.FILE

    async def __call__(
        self, actor: Actor, item: str, summary: str, details: Details, but: Iterable[int] = ()
    ) -> SameThing | None:
        """The open request most like it within the window of days; `but` are those that were denied.

        Somebody else's only where it is a shared matter. An urgent one is nothing to wait behind.
        """
        best: tuple[float, Request] | None = None
        denied = set(but)
        follows = {f.request_id for f in await self.uow.followers.of_person(actor.person_id or 0)}
        for other in await self.uow.alikes.among(item, self.now - self._window):
            own = other.resident_id == actor.person_id
            hidden = not own and not is_shared(self.community, item)
            if other.id in denied or other.urgent or (hidden and other.id not in follows):
                continue
            found = self._likeness(summary, details.address, other, own=own)
            if found >= self.community.policy.sameness.likeness and (best is None or found > best[0]):
                best = (found, other)
        if best is None:
            return None
        request = best[1]
        own = request.resident_id == actor.person_id
        seen = request if own else seen_by_neighbours(request)
        return SameThing(seen, 1 + request.followers, own, request.id in follows)

    @property
    def _window(self) -> timedelta:
        return timedelta(days=self.community.policy.sameness.days)

    def _likeness(self, summary: str, address: Address, other: Request, *, own: bool) -> float:
        where = other.details.address
        # One's own earlier words need no place to be known again by.
        if not same_place(address, where) and not (own and not (address and where)):
            return 0.0
        return likeness(summary, other.summary)


class LinkAlike(UseCase):
    """Note which open requests a new one looks like, for workers to see; nothing is held back."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor, request: Request, denied: Iterable[int] = ()) -> list[Alike]:
        """The new ones, at most three. `denied`: the resident said that these are something else."""
        said_no = set(denied)
        found: list[tuple[Alike, Request]] = []
        for other in await self.uow.alikes.among(request.item, self.now - self._window):
            # What was told in one breath is not one thing.
            if other.id == request.id or (request.bundle and other.bundle == request.bundle):
                continue
            how = self._how_alike(request, other)
            if how or other.id in said_no:
                verdict = Verdict.RESIDENT_NO if other.id in said_no else Verdict.OPEN
                found.append((Alike(request.id, other.id, how, self.now, verdict), other))
        found = sorted(found, key=lambda pair: -pair[0].likeness)[:_MOST_LINKED]
        found = [pair for pair in found if await self.uow.alikes.keep(pair[0])]
        # One's own repetition was asked about already.
        others = tuple(
            other
            for alike, other in found
            if alike.verdict is Verdict.OPEN and other.resident_id != request.resident_id
        )
        if others:
            self.uow.record(LooksAlike(request, others))
        return [alike for alike, _ in found]

    @property
    def _window(self) -> timedelta:
        return timedelta(days=self.community.policy.sameness.days)

    def _how_alike(self, request: Request, other: Request) -> float:
        one, two = request.details.address, other.details.address
        if not same_place(one, two):
            return 0.0
        if self.community.at_home(request.item) and (one.room != two.room or not one.room):
            # Next door is another home.
            return 0.0
        found = likeness(request.summary, other.summary)
        close = abs(request.created_at - other.created_at) <= _SAME_DANGER
        if request.urgent and other.urgent and close:
            return max(found, self.community.policy.sameness.likeness)
        return found if found >= self.community.policy.sameness.likeness else 0.0


class ListAlike(UseCase):
    """What a request may be the same as, for a worker."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int) -> list[tuple[Alike, Request]]:
        """Pairs that nobody has judged different, each with the other request; most alike first."""
        found = []
        for alike in await self.uow.alikes.of_request(request_id):
            other_id = alike.other_id if alike.request_id == request_id else alike.request_id
            other = await self.uow.requests.get(other_id)
            if other is not None and alike.verdict is not Verdict.DIFFERENT:
                found.append((alike, other))
        return found


class JudgeAlike(UseCase):
    """「不是一回事」: a worker looked, and the pair is not suggested any more."""

    permission = Permission.TRIAGE

    async def __call__(self, actor: Actor, request_id: int, other_id: int) -> None:
        """In whatever order the two are named. Raises NotFound where nobody had taken them for one."""
        judge = self.uow.alikes.judge
        if not (
            await judge(request_id, other_id, Verdict.DIFFERENT)
            or await judge(other_id, request_id, Verdict.DIFFERENT)
        ):
            raise NotFound(what="alike", id=request_id)
