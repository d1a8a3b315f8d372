"""One worker's turn: a pressed button or a command, what can be answered, and what is waited for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import CommandObject, Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, TelegramObject

from casework.entities import Organisation
from casework.errors import NotFound
from casework.transitions import Action, can
from casework.use_cases.reading import RequestView, SeeRequest
from handlers.admin import sure
from handlers.admin.cards import request_buttons, request_text
from handlers.admin.ledger_marks import with_ledgers
from handlers.admin.sameness import with_sameness
from handlers.kit.attachments import words
from handlers.kit.outgoing import Keyboard
from handlers.kit.steps import forgotten, wait_for
from handlers.kit.texts import Markup
from handlers.lead.desk import Turn
from handlers.lead.team import drop_buttons, team_words
from handlers.lead.words import UNDO_WORDS

_NUMBER = re.compile(r"(?:(\d{8})[-－—]?)?(\d{1,6})", re.ASCII)


class Step(StatesGroup):
    """What a worker's next message is taken for; the `sure` ones wait for a button."""

    words = State()
    search = State()
    find = State()
    found = State()
    broadcast = State()
    file = State()
    sure = State()
    sure_broadcast = State()
    sure_pause = State()
    sure_import = State()
    split = State()
    sure_split = State()
    sure_team = State()
    sure_meeting = State()


class Pressed(Filter):
    """A button of this kind with one of these actions (for pages: of these lists); gives `pressed`."""

    def __init__(self, kind: type[CallbackData], *actions: str) -> None:
        self.kind = kind
        self.actions = frozenset(actions)

    async def __call__(self, callback: CallbackQuery) -> bool | dict[str, Any]:
        """False for every other button, also for a forged one."""
        if not (callback.data or "").startswith(f"{self.kind.__prefix__}:"):
            return False
        try:
            data: Any = self.kind.unpack(callback.data or "")
        except (TypeError, ValueError):
            return False
        action = getattr(data, "action", None) or getattr(data, "list", "")
        return {"pressed": data} if action in self.actions else False


@dataclass(frozen=True, slots=True)
class Desk(Turn):
    """A worker's turn; cards show everything."""

    async def card(self, view: RequestView) -> tuple[Markup, Keyboard]:
        """The card with whatever a worker can do now."""
        text, rows = request_text(self.context, view), request_buttons(self.texts, view)
        team = await team_words(self.context, view.request)
        if team:
            text = Markup(f"{text}\n\n{team}")
        rows = [*await drop_buttons(self.context, view.request, "leave"), *rows]
        text, rows = await with_sameness(self.context, self.actor, view, text, rows)
        return await with_ledgers(self.context, self.actor, view, text, rows)

    async def fresh(self, request_id: int, action: Action) -> RequestView | None:
        """The request if it can still take this action; else its card as it stands, and None."""
        view = await self.see(request_id)
        if can(view.request, action):
            return view
        await self.toast("admin-moved-on")
        await self.refresh(request_id, "admin-moved-on")
        return None

    async def by_number(self, typed: str, example: str) -> RequestView | None:
        """The request that was typed as 20261121-0007, or as 7 for today's; None was answered."""
        number = await self.number(typed, example)
        if number is None:
            return None
        try:
            return await self.context.cases(SeeRequest)(self.actor, number=number)
        except NotFound:
            await self.say("admin-number-unknown", number=number)
            return None

    async def number(self, typed: str, example: str) -> str | None:
        """The whole number of a request, as it was typed or shorter; None was answered."""
        found = _NUMBER.fullmatch(typed.strip().lstrip("#"))
        if not found:
            await self.say("admin-number-please", example=example)
            return None
        zone = ZoneInfo(self.context.community.timezone)
        day = found[1] or self.context.now.astimezone(zone).strftime("%Y%m%d")
        return f"{day}-{int(found[2]):04d}"

    async def organisation(self, typed_id: str) -> Organisation | None:
        """The organisation of a button; None was answered."""
        number = int(typed_id) if typed_id.isdecimal() and len(typed_id) < 18 else 0
        found = await self.context.uow.organisations.get(number)
        if found is None:
            await self.say("admin-organisation-gone")
        return found

    async def wait_for(self, step: State, **data: Any) -> None:
        """Take the next message (or a 确定) for this, for half an hour."""
        await wait_for(self.state, self.context.now, step, **data)

    async def waited_for(self, step: State) -> dict[str, Any] | None:
        """What was noted for the step, if it is still waited for; it is not any more."""
        data, current = await self.state.get_data(), await self.state.get_state()
        if current != step.state or forgotten(data, self.context.now):
            return None
        await self.state.clear()
        return data


def number_and_words(command: CommandObject) -> tuple[str, str]:
    """What follows a command: the first word, and the rest."""
    number, *rest = (command.args or "").split(None, 1) or [""]
    return number, rest[0].strip() if rest else ""


async def heard(desk: Desk, message: Message, step: State) -> tuple[str, dict[str, Any]] | None:
    """The words a step waited for, with its data; None was answered. Old steps are skipped."""
    data, text = await desk.state.get_data(), words(message)
    if text.startswith("/") or forgotten(data, desk.context.now):
        await desk.state.clear()
        raise SkipHandler
    if text in UNDO_WORDS:
        await desk.state.clear()
        await desk.say("admin-stopped")
        return None
    if not text:
        await desk.say("admin-words-please")
        return None
    await desk.state.clear()
    return text, data


class Seat(BaseMiddleware):
    """Gives handlers their `desk`. A new command ends whatever was waited for."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Runs only for handlers that were chosen."""
        context, actor, person = data["context"], data["actor"], data["person"]
        state: FSMContext = data["state"]
        if isinstance(event, CallbackQuery):
            data["desk"] = desk = Desk.pressed(event, context, actor, person, state)
            if not await sure.counts(desk, event, data.get("pressed")):
                return None
        elif isinstance(event, Message):
            if (event.text or "").startswith("/"):
                await state.clear()
            data["desk"] = Desk.said(event, context, actor, person, state)
        return await handler(event, data)
