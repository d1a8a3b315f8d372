"""The messenger: token, clock, and whether updates arrive the way the settings say."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from bot.checks.finding import Finding, hint
from bot.checks.machine import MOST_SECONDS_OFF
from bot.settings import Settings

#: So many updates waiting at the messenger are more than a moment's.
_MANY = 100
#: An error of the webhook that is older than this has passed.
_LATELY = 3600


def check_messenger(settings: Settings) -> Iterator[Finding]:
    """Two calls that change nothing."""
    from bot.messenger import MessengerError, Unanswered

    try:
        me, hook, date = asyncio.run(_ask(settings))
    except MessengerError as error:
        if error.code == 429 or error.code >= 500:
            yield Finding(False, f"{settings.api} 现在忙不过来（{error.code}）。请过一会儿再查。")
        else:
            yield Finding(False, f"令牌没有被接受（{error.code}）。请检查 LINYING_TOKEN。")
    except Unanswered as error:
        yield Finding(False, f"连不上 {settings.api}（{error}）。请检查网络或 LINYING_API_BASE。")
    else:
        yield Finding(True, f"令牌有效，机器人是 @{me['username']}。")
        if (late := _seconds_off(date)) > MOST_SECONDS_OFF:
            yield Finding(False, f"这台机器的时钟和 {settings.api} 差了 {late:.0f} 秒。请校准时钟。")
        yield from _arriving(settings, hook)


async def _ask(settings: Settings) -> tuple[dict[str, Any], dict[str, Any], str]:
    from bot.dispatch import make_bot
    from bot.messenger import Messenger

    bot = make_bot(settings)
    messenger = Messenger(bot)
    try:
        me = await messenger.call("GetMe", {}, timeout=10)
        hook = await messenger.call("GetWebhookInfo", {}, timeout=10)
    finally:
        await bot.session.close()
    return me.result, hook.result, me.headers.get("Date", "")


def _arriving(settings: Settings, hook: dict[str, Any]) -> Iterator[Finding]:
    """What the messenger knows of where updates go, against what the settings say."""
    told, wanted = str(hook.get("url") or ""), settings.webhook_url
    waiting = int(hook.get("pending_update_count") or 0)
    if told and not wanted:
        yield hint("消息服务还把消息送到一个回调地址，而这里设的是轮询：机器人启动时会取消那个地址。")
    elif wanted and not told:
        yield hint("消息服务还不知道回调地址：机器人启动时会告诉它。")
    elif told != wanted:
        yield hint("消息服务知道的回调地址和 LINYING_WEBHOOK_URL 不一样：请重启机器人，让它重新登记。")
    else:
        how = "回调地址已登记" if wanted else "用轮询取消息"
        yield Finding(True, f"{how}，还有 {waiting} 条在消息服务那里等着。")
    if waiting > _MANY:
        yield hint(
            f"有 {waiting} 条消息积在消息服务那里：机器人没有在取。请看它是不是在运行，/readyz 说什么。"
        )
    age = time.time() - float(hook.get("last_error_date") or 0)
    if wanted and age < _LATELY:
        yield Finding(
            False,
            f"{age / 60:.0f} 分钟前消息服务送不到回调地址（{hook.get('last_error_message', '')}）。"
            "请检查反向代理、证书和端口。",
        )


def _seconds_off(date: str) -> float:
    """How far our clock is from an HTTP date; 0 when there is none."""
    try:
        return abs(parsedate_to_datetime(date).timestamp() - time.time())
    except ValueError:
        return 0.0
