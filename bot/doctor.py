"""`doctor`: looks at everything a running bot needs and says in plain words what is missing."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from bot.communities import load_community
from bot.faults import Fault
from bot.ledgers import opened
from bot.settings import Settings

_LEAST_FREE = 200  # MB
_DAY = 24 * 3600
#: Timers and shown times may be that wrong without anybody minding.
_MOST_SECONDS_OFF = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. A finding that is not good keeps the bot from working."""

    good: bool
    words: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after another."""
    yield _community(settings)
    yield _holidays()
    yield _database(settings)
    yield _model(settings)
    yield _fonts()
    yield _disk(settings)
    yield _clock()
    if settings.token:
        yield from _messenger(settings)
        if not settings.admins:
            yield Finding(False, "还没有社工：请用 LINYING_ADMINS 写上社工的用户编号。")
    else:
        yield Finding(True, "没有设置令牌：启动后会打开演示页。")


def _community(settings: Settings) -> Finding:
    try:
        community, organisations = load_community(settings.community)
    except Fault as fault:
        return Finding(False, str(fault))
    quiet = community.policy.quiet
    still = (
        "没有免打扰时间" if quiet.start == quiet.end else f"免打扰 {quiet.start:%H:%M} 到 {quiet.end:%H:%M}"
    )
    return Finding(True, f"社区档案：{community.name}，{len(organisations)} 个组织，{still}。")


def _holidays() -> Finding:
    from bot.holidays import known_until

    # Promises then count weekends only; the program works all the same.
    return Finding(True, about_holidays(known_until(), datetime.now().astimezone().year))


def about_holidays(last: int, this: int) -> str:
    """What is known up to the year `last`, in the year `this`."""
    if last < this:
        return f"节假日只知道到 {last} 年：现在只按周一到周五算工作日，请升级 chinesecalendar。"
    if last == this:
        return f"节假日知道到 {last} 年年底：明年的公布以后请升级 chinesecalendar，之前只按周一到周五算。"
    return f"节假日知道到 {last} 年。"


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
    from nlu import corpus, versions
    from nlu.model import HEADER, ModelError

    where = versions.in_use(settings.data_dir / "model")
    try:
        fresh = versions.load(where).data == corpus.fingerprint()
    except ModelError as error:
        if (where / HEADER).exists():
            return Finding(True, f"{error}下次启动时会自动重新训练。")
        return Finding(True, "阅读器还没有训练：第一次启动时会自动训练。")
    return Finding(True, "阅读器已训练。" if fresh else "例句有改动：下次启动时会重新训练阅读器。")


def _fonts() -> Finding:
    found = importlib.util.find_spec("pylopdf_fonts_zh_cn") is not None
    return Finding(found, "图表用的中文字体在。" if found else "图表用的中文字体没有装好，请重新安装依赖。")


def _disk(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    if free < _LEAST_FREE:
        return Finding(False, f"磁盘只剩 {free} MB，很快会写满。请腾出一些空间。")
    return Finding(True, "磁盘有地方。")


def _clock() -> Finding:
    now = time.time()
    if Path(__file__).stat().st_mtime > now + _DAY:
        return Finding(False, "这台机器的时钟慢了：程序文件比现在还新。请校准时钟。")
    return Finding(True, f"时钟：{datetime.now().astimezone():%Y年%m月%d日 %H:%M（%z）}。")


def _messenger(settings: Settings) -> Iterator[Finding]:
    from bot.dispatch import make_bot
    from bot.messenger import Answer, Messenger, MessengerError, Unanswered

    async def ask() -> Answer:
        bot = make_bot(settings)
        try:
            return await Messenger(bot).call("GetMe", {}, timeout=10)
        finally:
            await bot.session.close()

    try:
        answer = asyncio.run(ask())
    except MessengerError as error:
        if error.code == 429 or error.code >= 500:
            yield Finding(False, f"{settings.api} 现在忙不过来（{error.code}）。请过一会儿再查。")
        else:
            yield Finding(False, f"令牌没有被接受（{error.code}）。请检查 LINYING_TOKEN。")
    except Unanswered as error:
        yield Finding(False, f"连不上 {settings.api}（{error}）。请检查网络或 LINYING_API_BASE。")
    else:
        yield Finding(True, f"令牌有效，机器人是 @{answer.result['username']}。")
        if (late := _seconds_off(answer.headers.get("Date", ""))) > _MOST_SECONDS_OFF:
            yield Finding(False, f"这台机器的时钟和 {settings.api} 差了 {late:.0f} 秒。请校准时钟。")


def _seconds_off(date: str) -> float:
    """How far our clock is from an HTTP date; 0 when there is none."""
    try:
        return abs(parsedate_to_datetime(date).timestamp() - time.time())
    except ValueError:
        return 0.0
