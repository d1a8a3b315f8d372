"""One round of telling: the events of one act, and the ways to everybody who should hear."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from casework.audit import Act
from casework.entities import Note, Organisation, Rating, Request
from casework.events import AnyEvent, Event, NoteCorrected, RequestRated
from casework.permissions import Role
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.outgoing import Keyboard
from handlers.kit.reasons import rating_reasons
from handlers.kit.revealing import revealing
from handlers.kit.texts import Markup, Texts

_E = TypeVar("_E", bound=Event)


@dataclass(frozen=True, slots=True)
class Telling:
    """The events of one transaction in their order. `once` keys become unique by chat."""

    context: Context
    events: Sequence[AnyEvent]

    @property
    def texts(self) -> Texts:
        """The sentences."""
        return self.context.texts

    @property
    def cards(self) -> Cards:
        """Requests in words."""
        return Cards(self.context.texts, self.context.community)

    def when(self, moment: datetime | None) -> str:
        """A promised moment in words; a promise that was never made has its own word."""
        if moment is None:
            return self.texts.plain("announce-soon")
        return self.cards.when(moment, self.context.now)

    def item(self, request: Request) -> str:
        """The short name of what is wanted."""
        return self.context.community.catalogue.item(request.item).name

    def about(self, request: Request) -> dict[str, str]:
        """What nearly every sentence names: the request's number and what is wanted."""
        return {"number": request.number, "item": self.item(request)}

    def beside(self, request: Request, *kinds: type[_E]) -> _E | None:
        """The last event of these kinds that the same act caused for the same request."""
        found = None
        for event in self.events:
            if isinstance(event, kinds) and event.request.id == request.id:
                found = event
        return found

    def revealing(self, request: Request, act: Act = Act.PASSED_ON) -> Telling:
        """The same, telling what is personal in the request."""
        return replace(self, context=revealing(self.context, request, act))

    async def say(self, chats: Iterable[int], text: Markup, keyboard: Keyboard | None, once: str) -> None:
        """The same to several chats, each of them once."""
        for chat in dict.fromkeys(chats):
            await self.context.out.send(chat, text, keyboard, once=f"{once}/{chat}")

    async def resident_chat(self, request: Request) -> int | None:
        """Where the resident can be told; None when there is no private chat."""
        person = await self.context.uow.people.get(request.resident_id)
        return person.chat_id if person and person.reachable else None

    async def resident(
        self, request: Request, text: Markup, keyboard: Keyboard | None = None, *, once: str
    ) -> None:
        """Tell the resident."""
        chat = await self.resident_chat(request)
        if chat is not None:
            await self.say([chat], text, keyboard, once)

    async def lead_chats(self, organisation: Organisation, *, skip: int | None = None) -> list[int]:
        """Private chats of the leads that can be reached, without the person `skip`."""
        leads = await self.context.uow.organisations.leads(organisation.id)
        return [p.chat_id for p in leads if p.chat_id is not None and p.reachable and p.id != skip]

    async def organisation(
        self,
        organisation: Organisation,
        text: Markup,
        keyboard: Keyboard | None = None,
        *,
        once: str,
        group: Markup | None = None,
        skip: int | None = None,
        file: Note | None = None,
        of: Request | None = None,
    ) -> bool:
        """Tell the leads, and the bound group in the words of `group` (None: not the group).

        A `file` goes to the leads with `text` as its caption. `of` is the request whose phone, door or words
        are in `text`. Returns whether anybody can be reached.
        """
        chats = await self.lead_chats(organisation, skip=skip)
        openly = self.revealing(of) if of else self
        if file:
            await openly.pass_file(chats, file, text, once)
        else:
            await openly.say(chats, text, keyboard, once)
        in_group = organisation.group_chat_id
        if in_group is not None and group is not None:
            await (openly if group is text else self).say([in_group], group, keyboard, once)
        return bool(chats or in_group is not None or await self.lead_chats(organisation))

    async def admins(
        self, text: Markup, keyboard: Keyboard | None = None, *, once: str, skip: int | None = None
    ) -> None:
        """Tell every worker; a private chat has the id of its person."""
        await self.say((a for a in sorted(self.context.admins) if a != skip), text, keyboard, once)

    async def must_call(self, request: Request, organisation: Organisation, once: str) -> None:
        """Nobody of the organisation can be reached here: a worker has to take up the telephone."""
        text = self.texts(
            "announce-call-organisation",
            organisation=organisation.name,
            phone=organisation.phone or self.texts.plain("announce-no-phone"),
            number=request.number,
            item=self.item(request),
        )
        await self.admins(text, once=f"call/{once}")

    async def pass_file(self, chats: Iterable[int], note: Note, caption: Markup, once: str) -> None:
        """Send on the file of a note."""
        for chat in dict.fromkeys(chats):
            await self.context.out.forward_file(
                chat, note.file_kind, note.file_id, caption, once=f"{once}/{chat}"
            )


def key(event: Event, *parts: object) -> str:
    """What makes a message about this event unique; every move of a request raises its version."""
    return "/".join(map(str, (type(event).__name__, event.request.id, event.request.version, *parts)))


def correction_key(event: NoteCorrected) -> str:
    """One message a correction to each chat."""
    return key(event, event.note.id)


def corrected_words(tell: Telling, event: NoteCorrected) -> Markup:
    """A note's old and new words, and whose they are."""
    by_resident = event.note.author_role == Role.RESIDENT.value
    name = tell.texts.plain("role-resident")
    if not by_resident:
        name = event.organisation.name if event.organisation else tell.texts.plain("announce-worker")
    return tell.texts(
        "announce-note-corrected",
        who=name,
        item=tell.item(event.request),
        number=event.request.number,
        old=event.old,
        new=event.note.text,
    )


def rating_key(event: RequestRated) -> str:
    """A rating does not move its request: what tells two apart is what was said."""
    rating = event.rating
    return key(event, rating.stars, ",".join(rating.reasons), bool(rating.words))


def rating_words(tell: Telling, rating: Rating) -> Markup | None:
    """Why so many stars, as far as the resident said."""
    lines = [
        tell.texts("announce-rated-reasons", reasons=rating_reasons(tell.texts, rating.reasons))
        if rating.reasons
        else "",
        tell.texts("announce-rated-words", words=rating.words) if rating.words else "",
    ]
    return Markup("\n".join(line for line in lines if line)) or None


def joined(*parts: Markup | None) -> Markup:
    """Paragraphs; None is left out."""
    return Markup("\n\n".join(p for p in parts if p))


#: Event class → the function that tells one audience of it.
Handlers = dict[type[Any], Callable[[Telling, Any], Awaitable[None]]]
