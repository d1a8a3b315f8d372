"""A lead's answer to an entry in the register, in own words."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from casework.entities import Person
from casework.errors import NotFound, TooLate
from casework.judging.register import ListKind
from casework.permissions import Actor
from casework.use_cases.register import AnswerListing
from handlers.kit.attachments import words
from handlers.kit.callbacks import AppealCD
from handlers.kit.context import Context
from handlers.kit.steps import forgotten, wait_for
from handlers.lead.words import UNDO_WORDS

_LONGEST = 500


class Step(StatesGroup):
    """What a lead's next message is taken for."""

    appeal = State()


async def on_answer(
    callback: CallbackQuery, callback_data: AppealCD, context: Context, actor: Actor, state: FSMContext
) -> None:
    """Ask for the words, if there is still time for them."""
    await callback.answer()
    chat_id = callback.message.chat.id if callback.message else callback.from_user.id
    listing = await context.uow.register.get(callback_data.id)
    theirs = listing is not None and actor.leads(listing.organisation_id)
    if listing is None or not theirs or listing.removed_at or listing.kind is ListKind.RED:
        await context.out.say(chat_id, "judging-appeal-gone")
    elif listing.upheld_at or listing.answer_due < context.now:
        await context.out.say(chat_id, "judging-appeal-late")
    else:
        await wait_for(state, context.now, Step.appeal, listing=listing.id)
        await context.out.say(chat_id, "judging-appeal-words", reason=listing.reason)


async def on_words(
    message: Message, context: Context, actor: Actor, person: Person, state: FSMContext
) -> None:
    """The answer; workers are told."""
    data, text = await state.get_data(), words(message)
    if text.startswith("/") or forgotten(data, context.now) or message.chat.type != "private":
        await state.clear()
        raise SkipHandler
    chat_id = message.chat.id
    if text in UNDO_WORDS:
        await state.clear()
        await context.out.say(chat_id, "judging-appeal-stopped")
    elif not 0 < len(text) <= _LONGEST:
        await context.out.say(chat_id, "judging-appeal-length", limit=_LONGEST)
    else:
        await state.clear()
        try:
            await context.cases(AnswerListing)(actor, data["listing"], text)
        except (NotFound, TooLate):
            await context.out.say(chat_id, "judging-appeal-late")
        else:
            await context.out.say(chat_id, "judging-appeal-kept")


def make_router() -> Router:
    """Answers to entries."""
    router = Router(name="lead.appeal")
    router.message.register(on_words, StateFilter(Step.appeal))
    router.callback_query.register(on_answer, AppealCD.filter(F.action == "answer"))
    return router
