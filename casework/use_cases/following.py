"""Who has the same trouble follows a neighbour's request: the news of it, and a word in the end."""

from __future__ import annotations

from dataclasses import dataclass

from casework.entities import Details, HistoryEntry, Note, Organisation, Request
from casework.errors import NotConsented, NotFound, WrongState
from casework.events import FollowerObjected, NoteAdded, ReopenRequested, RequestFollowed
from casework.permissions import Actor, Permission, Role
from casework.statuses import NoteKind, RequestStatus
from casework.together.sameness import OVER, Follower, FollowKind
from casework.transitions import Action
from casework.use_case import UseCase
from casework.use_cases.alike import FindAlike, is_shared, seen_by_neighbours
from casework.use_cases.filing import Draft, FileRequests, missing_fields
from casework.use_cases.leads import Attachment


@dataclass(frozen=True, slots=True)
class FollowedView:
    """A followed request as its follower may see it."""

    request: Request
    follower: Follower
    organisation: Organisation | None
    history: tuple[HistoryEntry, ...]


class FollowRequest(UseCase):
    """「是，跟着它」 instead of filing the same again."""

    permission = Permission.FILE

    async def __call__(
        self,
        actor: Actor,
        request_id: int,
        description: str,
        summary: str,
        details: Details,
        files: tuple[Attachment, ...] = (),
    ) -> Request:
        """What the resident wrote is kept, and whoever works on it sees the `summary`. A repeat changes
        nothing. Raises NotFound where the matter is nobody else's business, WrongState when it is over."""
        person = await self.person(actor)
        if person.consented_at is None:
            raise NotConsented()
        request = await self.request(request_id)
        if request.resident_id == person.id:
            return request
        if not is_shared(self.community, request.item) or request.urgent:
            raise NotFound(what="request", id=request_id)
        if request.status in OVER:
            raise WrongState(number=request.number, status=request.status.value, action="follow")
        follower = Follower(
            self.community.id,
            request.id,
            person.id,
            request.id,
            FollowKind.ASKED,
            self.now,
            description,
            summary,
            details,
        )
        if not await self.uow.followers.add(follower):
            return request
        if summary.strip():
            await note_of(self, request, person.id, summary)
        followed = await recounted(self, request)
        organisation = await self.uow.organisations.get(followed.organisation_id or 0)
        for file in files:
            note = await note_of(self, followed, person.id, "", file)
            self.uow.record(NoteAdded(followed, organisation, note))
        self.uow.record(RequestFollowed(followed, person.id, 1 + followed.followers))
        return followed


class Unfollow(UseCase):
    """Hear no more of it."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Raises NotFound for what the actor does not follow."""
        request = await self.request(request_id)
        if not await self.uow.followers.drop(request.id, actor.person_id or 0):
            raise NotFound(what="request", id=request_id)
        return await recounted(self, request)


class ListFollowed(UseCase):
    """The requests that a resident follows, for `/my`."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor) -> list[Request]:
        """Newest first, each once, as neighbours may see them."""
        found: dict[int, Request] = {}
        for follower in await self.uow.followers.of_person(actor.person_id or 0):
            request = await self.uow.requests.get(follower.request_id)
            if request is not None and request.resident_id != actor.person_id:
                found.setdefault(request.id, seen_by_neighbours(request))
        return list(found.values())


class SeeFollowed(UseCase):
    """One request that a resident follows."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor, request_id: int) -> FollowedView:
        """Raises NotFound for what the actor does not follow."""
        request = await self.uow.requests.get(request_id)
        follower = await followed_by(self, actor, request_id)
        if request is None or follower is None:
            raise NotFound(what="request", id=request_id)
        return FollowedView(
            seen_by_neighbours(request),
            follower,
            await self.uow.organisations.get(request.organisation_id or 0),
            tuple(await self.uow.requests.history(request.id)),
        )


class ObjectToDone(UseCase):
    """「也没解决」: a follower's no counts like the resident's, a worker decides whether to reopen."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor, request_id: int, words: str = "") -> Request:
        """Later words join the first. Raises NotFound for what the actor does not follow, WrongState unless
        it is said to be done."""
        request = await self.request(request_id)
        follower = await followed_by(self, actor, request_id)
        if follower is None:
            raise NotFound(what="request", id=request_id)
        again = follower.unsolved_at is not None
        if request.status is RequestStatus.REOPEN_REQUESTED:
            if words.strip():
                await note_of(self, request, follower.person_id, words)
            if again:
                return request
        else:
            await self.uow.timers.clear(request.id)
            request = await self.move(request, Action.REQUEST_REOPEN, actor, Role.RESIDENT, words)
            self.uow.record(ReopenRequested(request, words))
        await self.uow.followers.object(request.id, follower.person_id, self.now)
        self.uow.record(FollowerObjected(request, follower.person_id))
        return request


class FileAfterAll(UseCase):
    """What was followed was taken back by who had filed it, and the trouble is still there."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor, request_id: int) -> Request:
        """Filed with the words that were kept, or following whoever was faster. Raises NotFound for what the
        actor does not follow, WrongState unless it was taken back."""
        request = await self.request(request_id)
        follower = await followed_by(self, actor, request_id)
        if follower is None:
            raise NotFound(what="request", id=request_id)
        if request.status is not RequestStatus.CANCELLED:
            raise WrongState(number=request.number, status=request.status.value, action="file")
        await self.uow.followers.drop(request.id, follower.person_id)
        await recounted(self, request)
        if follower.how is FollowKind.MERGED:
            # Imported here: merging needs filing as this does.
            from casework.use_cases.merging import stand_alone

            return await stand_alone(self, actor, Role.RESIDENT, await self.request(follower.origin_id))
        kept = (follower.description, follower.summary, follower.details)
        faster = await self.other(FindAlike)(actor, request.item, kept[1], kept[2])
        if faster is not None and not faster.own:
            return await self.other(FollowRequest)(actor, faster.request.id, *kept)
        missing = missing_fields(self.community.required_slots(request.item), follower.details)
        # What lacks was not asked for when it was written; a worker looks where nobody could find the place.
        draft = Draft(request.item, *kept, "address" not in missing, (*missing, "unit"))
        filed: list[Request] = await self.other(FileRequests)(actor, [draft])
        return filed[0]


async def followed_by(case: UseCase, actor: Actor, request_id: int) -> Follower | None:
    """How the actor follows the request; None when they do not."""
    followers = await case.uow.followers.of_person(actor.person_id or 0, limit=1000)
    return next((f for f in followers if f.request_id == request_id), None)


async def note_of(
    case: UseCase, request: Request, person_id: int, words: str, file: Attachment | None = None
) -> Note:
    """A follower's words or file, for whoever works on it."""
    note = Note(
        0,
        case.community.id,
        request.id,
        person_id,
        Role.RESIDENT.value,
        NoteKind.RESIDENT,
        words,
        case.now,
        file.file_id if file else "",
        file.kind if file else "",
    )
    return await case.uow.notes.add(note)


async def recounted(case: UseCase, request: Request) -> Request:
    """The request with the number of people who follow it beside its own resident."""
    people = {f.person_id for f in await case.uow.followers.of_request(request.id)}
    count = len(people - {request.resident_id})
    if count == request.followers:
        return request
    counted = request.with_(followers=count, version=request.version + 1)
    await case.uow.requests.save(counted)
    return counted
