"""The yardstick: a bare aiogram bot that answers every message with its own text, and every button.

It polls, or listens with aiogram's own webhook handler when LINYING_WEBHOOK_PORT is set.
"""

from __future__ import annotations

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message


async def main() -> None:
    """Poll, or listen, until stopped."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["LINYING_API_BASE"]))
    bot, dispatcher = Bot(os.environ["LINYING_TOKEN"], session=session), Dispatcher()

    @dispatcher.message()
    async def on_message(message: Message) -> None:
        await message.answer(message.text or "?")

    @dispatcher.callback_query()
    async def on_button(query: CallbackQuery) -> None:
        await query.answer()
        await bot.send_message(query.from_user.id, "好")

    if port := os.environ.get("LINYING_WEBHOOK_PORT"):
        await _listen(bot, dispatcher, int(port))
    else:
        print("ready", flush=True)
        await dispatcher.start_polling(bot)


async def _listen(bot: Bot, dispatcher: Dispatcher, port: int) -> None:
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=os.environ["LINYING_WEBHOOK_SECRET"]).register(
        app, "/hook"
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
