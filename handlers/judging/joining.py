"""Becoming an expert by an invite."""

from __future__ import annotations

from aiogram.types import Chat

from casework.permissions import Actor
from casework.use_cases.experts import JoinAsExpert
from handlers.kit.buttons import button
from handlers.kit.callbacks import ScoreCD
from handlers.kit.context import Context


async def join(context: Context, actor: Actor, token: str, chat: Chat) -> None:
    """Use the invite, in private only: in a group it is not used up. Raises InviteInvalid."""
    if chat.type != "private":
        return await context.out.say(chat.id, "group-please-private", bot=context.bot_username)
    expert = await context.cases(JoinAsExpert)(actor, token)
    running = await context.uow.evaluations.current()
    key = "judging-welcome" if running is None else "judging-welcome-now"
    rows = [] if running is None else [[button(context.texts, "judging-start", ScoreCD(action="list"))]]
    return await context.out.say(chat.id, key, rows, name=expert.name, community=context.community.short_name)
