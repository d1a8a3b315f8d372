"""The dispatcher: which conversation an update goes to, in which order they are asked."""

from __future__ import annotations

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.answers import HoldAnswers
from bot.settings import Settings
from handlers.kit.fsm import MemoryStorage


def make_bot(settings: Settings) -> Bot:
    """The bot at the Bot-API server of the settings. Opens no connection."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.api))
    session.middleware(HoldAnswers())
    return Bot(settings.token, session=session)


def make_dispatcher() -> Dispatcher:
    """A fresh dispatcher. Free text is caught by the last router."""
    from handlers import admin, held, judging, lead, letters, resident, start
    from handlers.kit.audience import IsSaid

    dispatcher = Dispatcher(storage=MemoryStorage(), disable_fsm=False)
    dispatcher.message.filter(IsSaid())
    for package in (start, held, letters, admin, lead, judging, resident):
        dispatcher.include_router(package.make_router())
    return dispatcher
