"""The webhook route: verifies the secret, keeps the raw update, answers 200. Nothing is handled here."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot import errors
from bot.faults import Fault
from bot.playground.address import is_loopback
from bot.poller import ALLOWED_UPDATES, Receive
from bot.raw import read_update

if TYPE_CHECKING:
    from aiohttp import web

    from bot.messenger import Messenger
    from bot.settings import Settings

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
#: The messenger's updates are far smaller; more is not from it.
MOST_BYTES = 1 << 20
#: Seconds for calls that are under way when the program ends; what is not kept is sent again.
_LAST_CALLS = 3.0
#: Of a secret where other machines than this one may call.
_SHORTEST_SECRET = 16


def make_app(
    path: str,
    secret: str,
    receive: Receive,
    add: Callable[[web.Application], None] | None = None,
    older: Sequence[str] = (),
) -> web.Application:
    """An aiohttp application with the one route; `add` puts those of `bot.watching` beside it.

    `older` secrets are taken as well: while the key is changed, replicas announce different ones.
    """
    from aiohttp import web

    async def on_update(request: web.Request) -> web.Response:
        # Bytes that are no UTF-8 arrive as surrogates.
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        # All of them are compared, so that the time tells nothing.
        same = [hmac.compare_digest(given, one.encode()) for one in (secret, *older)]
        if not any(same):
            return web.Response(status=403)
        update = read_update(await request.read())
        if update is None:
            return web.Response(status=400)
        try:
            # It is answered only after the commit; else the messenger sends it again.
            await receive([update])
        except Exception as error:  # noqa: BLE001 - the database may be away for a while
            log.error("an update could not be kept: %s", errors.trace(error))
            return web.Response(status=503)
        return web.Response()

    app = web.Application(client_max_size=MOST_BYTES)
    app.router.add_post(path, on_update)
    if add is not None:
        add(app)
    return app


def check_door(settings: Settings) -> None:
    """Raises Fault where other machines could call, with a secret that could be guessed."""
    if not is_loopback(settings.webhook_host) and len(settings.webhook_key) < _SHORTEST_SECRET:
        raise Fault(
            f"LINYING_WEBHOOK_HOST 是 {settings.webhook_host}，别的机器也连得进来，"
            "可是 LINYING_WEBHOOK_SECRET 太短。请改回 127.0.0.1（前面放反向代理），"
            f"或者把它换成 {_SHORTEST_SECRET} 个以上的字母和数字。"
        )


async def listen(
    settings: Settings, receive: Receive, add: Callable[[web.Application], None] | None = None
) -> web.AppRunner:
    """Take updates from now on: the messenger may still know the address. Raises Fault."""
    from aiohttp import web

    check_door(settings)
    path = urlsplit(settings.webhook_url).path or "/"
    app = make_app(path, settings.webhook_key, receive, add, settings.webhook_keys[1:])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_CALLS)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.webhook_host, settings.webhook_port).start()
    except OSError:
        await runner.cleanup()
        where = f"{settings.webhook_host}:{settings.webhook_port}"
        raise Fault(
            f"回调地址 {where} 打不开，可能被别的程序占着。"
            "请用 LINYING_WEBHOOK_PORT 或 LINYING_WEBHOOK_HOST 换一个。"
        ) from None
    log.info("listening on port %d", settings.webhook_port)
    return runner


async def announce(settings: Settings, messenger: Messenger) -> None:
    """Tell the messenger where to call. Raises MessengerError, Unanswered."""
    await messenger.call(
        "SetWebhook",
        {
            "url": settings.webhook_url,
            "secret_token": settings.webhook_key,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": 40,
        },
    )
    log.info("webhook is set")
