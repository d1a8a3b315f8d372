"""One lead's turn: a pressed button or a message, and the ways to answer it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from casework.audit import Act
from casework.entities import Note, Person, Request
from casework.permissions import Actor
from casework.statuses import IN_WORK, OfferStatus
from casework.use_cases.reading import RequestView, SeeRequest
from handlers.kit.context import Context
from handlers.kit.outgoing import TEXT_LIMIT, Keyboard
from handlers.kit.projects import project_button
from handlers.kit.revealing import revealing
from handlers.kit.texts import Markup, Texts
from handlers.lead.cards import task_buttons, task_text
from handlers.lead.team import drop_buttons, team_words
from handlers.lead.whereabouts import whereabouts


@dataclass(frozen=True, slots=True)
class Turn:
    """Who acts, where, and on which message (`message_id` None: nothing to edit)."""

    context: Context
    actor: Actor
    person: Person
    state: FSMContext
    chat_id: int
    in_group: bool
    message_id: int | None = None
    callback: CallbackQuery | None = None

    @classmethod
    def said(
        cls, message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
    ) -> Self:
        """The turn of a message."""
        return cls(context, actor, person, state, message.chat.id, message.chat.type != "private")

    @classmethod
    def pressed(
        cls, callback: CallbackQuery, context: Context, actor: Actor, person: Person, state: FSMContext
    ) -> Self:
        """The turn of a button; its message may be too old to be known."""
        message = callback.message
        if message is None:
            return cls(context, actor, person, state, callback.from_user.id, False, None, callback)
        known = None if isinstance(message, InaccessibleMessage) else message.message_id
        in_group = message.chat.type != "private"
        return cls(context, actor, person, state, message.chat.id, in_group, known, callback)

    @property
    def texts(self) -> Texts:
        """The sentences."""
        return self.context.texts

    async def toast(self, key: str) -> None:
        """A word over the pressed button, which goes away by itself."""
        if self.callback is not None:
            await self.callback.answer(self.texts.plain(key))

    async def show(
        self, text: Markup, keyboard: Keyboard | None = None, *, of: RequestView | None = None
    ) -> None:
        """Replace the pressed message; what is too long or cannot be edited comes as a new one.

        `of` is the request whose card the text has on it.
        """
        out = self.context.out
        if of is not None and await self.may_show(of):
            out = revealing(self.context, of.request, Act.OPENED).out
        if self.message_id is None or len(text) > TEXT_LIMIT:
            if self.message_id is not None:
                await out.drop_buttons(self.chat_id, self.message_id)
            await out.send(self.chat_id, text, keyboard)
        else:
            await out.edit(self.chat_id, self.message_id, text, keyboard)

    async def say(self, key: str, keyboard: Keyboard | None = None, **args: Any) -> None:
        """A new message here."""
        await self.context.out.say(self.chat_id, key, keyboard, **args)

    async def see(self, request_id: int) -> RequestView:
        """The request as this lead may see it now. Raises NotFound for another organisation's."""
        # Into a group nothing personal is written unless it was called; that is noted when it is shown.
        return await self.context.cases(SeeRequest)(self.actor, request_id, shown=not self.in_group)

    def holds(self, request: Request) -> bool:
        """Whether the lead's organisation is working on it."""
        return self.actor.leads(request.organisation_id) and request.status in IN_WORK

    async def may_show(self, view: RequestView) -> bool:
        """Whether phone and door may stand here: in private, or where the alarm itself has shown them."""
        if view.masked or not self.in_group:
            return not view.masked
        return view.request.urgent and await self._is_called_group(view.request)

    async def _is_called_group(self, request: Request) -> bool:
        """Whether this group is bound to an organisation that is called to it or has taken it."""
        offers = await self.context.uow.offers.of_request(request.id)
        called = {o.organisation_id for o in offers if o.status in (OfferStatus.OPEN, OfferStatus.ACCEPTED)}
        found = [await self.context.uow.organisations.get(i) for i in called]
        return any(o is not None and o.group_chat_id == self.chat_id for o in found)

    async def card(self, view: RequestView) -> tuple[Markup, Keyboard]:
        """The card and its buttons. A group sees phone and door only of an emergency it is called to."""
        request, shown = view.request, await self.may_show(view)
        notes: tuple[Note, ...] = view.notes if shown else ()
        # Who leads several has to know which of them is meant.
        several = len(self.actor.organisation_ids) > 1 and self.actor.leads(request.organisation_id)
        organisation = view.organisation if several else None
        text = task_text(self.context, request, hide=not shown, notes=notes, organisation=organisation)
        unknown = await whereabouts(self.context, request) if shown else self.in_private(view)
        if unknown:
            text = Markup(f"{text}\n\n{unknown}")
        keyboard = task_buttons(self.texts, view, mine=self.holds(request))
        team = await team_words(self.context, request)
        if team:
            text = Markup(f"{text}\n\n{team}")
        if self.holds(request):
            project = await project_button(self.context, request)
            keyboard = [*project, *await drop_buttons(self.context, request), *keyboard]
        return text, keyboard

    def in_private(self, view: RequestView) -> Markup | None:
        """The way to what the reader may see, only not here."""
        return (
            None
            if view.masked
            else self.texts("lead-see-private", bot=self.context.bot_username, number=view.request.number)
        )

    async def refresh(self, request_id: int, intro: str = "", **args: Any) -> None:
        """The card as it stands now, under a sentence that says what happened."""
        view = await self.see(request_id)
        text, keyboard = await self.card(view)
        if intro:
            text = Markup(f"{self.texts(intro, **args)}\n\n{text}")
        await self.show(text, keyboard, of=view)

    def aside(self) -> Self:
        """The same turn, answering with new messages instead of editing."""
        return replace(self, message_id=None)
