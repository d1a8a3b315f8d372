"""`doctor`: looks at everything a running bot needs and says in plain words what is missing."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from bot.communities import load_community
from bot.faults import Fault
from bot.ledgers import opened
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. A finding that is not good keeps the bot from working."""

    good: bool
    words: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after another."""
    yield _community(settings)
    yield _database(settings)
    yield _model(settings)
    yield _fonts()
    if settings.token:
        yield _messenger(settings)
        if not settings.admins:
            yield Finding(False, "还没有社工：请用 LINYING_ADMINS 写上社工的用户编号。")
    else:
        yield Finding(True, "没有设置令牌：启动后会打开演示页。")


def _community(settings: Settings) -> Finding:
    try:
        community, organisations = load_community(settings.community)
    except Fault as fault:
        return Finding(False, str(fault))
    return Finding(True, f"社区档案：{community.name}，{len(organisations)} 个组织。")


def _database(settings: Settings) -> Finding:
    async def work() -> None:
        async with opened(settings):
            pass

    try:
        asyncio.run(work())
    except Fault as fault:
        return Finding(False, str(fault))
    return Finding(True, "数据库可以读写，结构是最新的。")


def _model(settings: Settings) -> Finding:
    from nlu import corpus
    from nlu.model import Model, ModelError

    try:
        fresh = Model.load(settings.data_dir / "model").data == corpus.fingerprint()
    except ModelError:
        return Finding(True, "阅读器还没有训练：第一次启动时会自动训练。")
    return Finding(True, "阅读器已训练。" if fresh else "例句有改动：下次启动时会重新训练阅读器。")


def _fonts() -> Finding:
    found = importlib.util.find_spec("pylopdf_fonts_zh_cn") is not None
    return Finding(found, "图表用的中文字体在。" if found else "图表用的中文字体没有装好，请重新安装依赖。")


def _messenger(settings: Settings) -> Finding:
    from bot.dispatch import make_bot
    from bot.messenger import Messenger, MessengerError, Unanswered

    async def ask() -> str:
        bot = make_bot(settings)
        try:
            return str((await Messenger(bot).call("GetMe", {}, timeout=10)).result["username"])
        finally:
            await bot.session.close()

    try:
        return Finding(True, f"令牌有效，机器人是 @{asyncio.run(ask())}。")
    except MessengerError as error:
        return Finding(False, f"令牌没有被接受（{error.code}）。请检查 LINYING_TOKEN。")
    except Unanswered as error:
        return Finding(False, f"连不上 {settings.api}（{error}）。请检查网络或 LINYING_API_BASE。")
