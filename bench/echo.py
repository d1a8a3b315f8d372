"""The yardstick: a bare aiogram bot that answers every message with its own text, and every button."""

from __future__ import annotations

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message


async def main() -> None:
    """Poll until stopped."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["LINYING_API_BASE"]))
    bot, dispatcher = Bot(os.environ["LINYING_TOKEN"], session=session), Dispatcher()

    @dispatcher.message()
    async def on_message(message: Message) -> None:
        await message.answer(message.text or "?")

    @dispatcher.callback_query()
    async def on_button(query: CallbackQuery) -> None:
        await query.answer()
        await bot.send_message(query.from_user.id, "好")

    print("ready", flush=True)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
