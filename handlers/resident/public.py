"""/notice: what is published each month; and the short question about an organisation."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from casework.errors import NotFound
from casework.permissions import Actor
from casework.use_cases.disclosure import ReadNotice
from casework.use_cases.evaluation import ANSWERS, AnswerQuestion
from handlers.judging.notice import notice_text
from handlers.judging.words import month_of, month_words
from handlers.kit.buttons import button
from handlers.kit.callbacks import AnswerCD, NoticeCD
from handlers.kit.context import Context

_MOST_MONTHS = 12


class AsksForNotice(Filter):
    """Just the word for it, as somebody writes who knows no commands."""

    async def __call__(self, message: Message, context: Context) -> bool:
        """Nothing but one of these words."""
        said = (message.text or "").strip().rstrip(context.texts.plain("judging-notice-marks"))
        return said in context.texts.plain("judging-notice-words").split()


async def on_notice(message: Message, context: Context, actor: Actor) -> None:
    """The latest."""
    await _show(context, actor, message.chat.id, "")


async def on_read(callback: CallbackQuery, callback_data: NoticeCD, context: Context, actor: Actor) -> None:
    """The notice of a month."""
    await callback.answer()
    chat_id = callback.message.chat.id if callback.message else callback.from_user.id
    await _show(context, actor, chat_id, month_of(callback_data.value))


async def _show(context: Context, actor: Actor, chat_id: int, month: str) -> None:
    """Text with the other months to tap; the picture comes when it is drawn."""
    notice, months = await context.cases(ReadNotice)(actor, month)
    if notice is None:
        await context.out.say(chat_id, "judging-notice-not-yet")
        return
    buttons = [
        button(
            context.texts,
            "judging-month",
            NoticeCD(action="read", value=other.replace("-", "")),
            month=month_words(context.texts, other),
        )
        for other in months[:_MOST_MONTHS]
        if other != notice.month
    ]
    rows = [buttons[n : n + 3] for n in range(0, len(buttons), 3)]
    text = notice_text(context.texts, context.community, notice.month, notice.figures)
    await context.out.send(chat_id, text, rows)
    fields = {"kind": "notice_picture", "chat_id": chat_id, "month": notice.month}
    await context.uow.outbox.add(chat_id, "Deferred", {**fields, "actor": actor.person_id or 0})


async def on_answer(callback: CallbackQuery, callback_data: AnswerCD, context: Context, actor: Actor) -> None:
    """Thanks; the buttons stay for a change of mind while the round is open."""
    await callback.answer()
    chat_id = callback.message.chat.id if callback.message else callback.from_user.id
    score = callback_data.score
    if score not in ANSWERS:
        await context.out.say(chat_id, "judging-question-over")
        return
    try:
        organisation = await context.cases(AnswerQuestion)(
            actor, callback_data.round, callback_data.id, score
        )
    except NotFound:
        await context.out.say(chat_id, "judging-question-over")
        return
    said = context.texts.plain(f"button-judging-answer-{score}")
    await context.out.say(chat_id, "judging-question-thanks", organisation=organisation.name, answer=said)


def make_router() -> Router:
    """What is public, and what is asked."""
    router = Router(name="resident.public")
    router.message.register(on_notice, Command("notice"))
    router.message.register(on_notice, AsksForNotice())
    router.callback_query.register(on_read, NoticeCD.filter(F.action == "read"))
    router.callback_query.register(on_answer, AnswerCD.filter())
    return router
