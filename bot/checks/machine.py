"""The machine and what was installed on it: disk, clock, fonts, holidays, backups."""

from __future__ import annotations

import importlib.util
import shutil
import time
from datetime import datetime
from pathlib import Path

from bot.checks.finding import Finding, hint
from bot.settings import Settings

_LEAST_FREE = 200  # MB
_DAY = 24 * 3600
#: Timers and shown times may be that wrong without anybody minding.
MOST_SECONDS_OFF = 60
#: A backup older than this would lose more than a day and a half.
_OLD_BACKUP = 1.5 * _DAY


def holidays() -> Finding:
    """How far holidays are known."""
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


def fonts() -> Finding:
    """The font that charts and printed ledgers need."""
    found = importlib.util.find_spec("pylopdf_fonts_zh_cn") is not None
    return Finding(found, "图表用的中文字体在。" if found else "图表用的中文字体没有装好，请重新安装依赖。")


def disk(settings: Settings) -> Finding:
    """Room in the data folder."""
    folder = settings.data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    if free < _LEAST_FREE:
        return Finding(False, f"磁盘只剩 {free} MB，很快会写满。请腾出一些空间。")
    return Finding(True, f"磁盘有地方（还有 {free} MB）。")


def clock() -> Finding:
    """A clock that is plainly behind."""
    now = time.time()
    if Path(__file__).stat().st_mtime > now + _DAY:
        return Finding(False, "这台机器的时钟慢了：程序文件比现在还新。请校准时钟。")
    return Finding(True, f"时钟：{datetime.now().astimezone():%Y年%m月%d日 %H:%M（%z）}。")


def backups(settings: Settings) -> Finding:
    """How old the newest backup of `python -m bot backup` is."""
    made = [path.stat().st_mtime for path in (settings.data_dir / "backups").glob("*.zip")]
    if not made:
        return hint("还没有备份：请每天做一次 python -m bot backup，并把备份放到另一台机器上。")
    age = time.time() - max(made)
    words = f"最近一次备份在 {age / _DAY:.1f} 天以前" if age > _DAY else "最近一次备份不到一天"
    if age > _OLD_BACKUP:
        return hint(f"{words}：请看看定时备份是不是停了（python -m bot backup）。")
    return Finding(True, f"{words}，一共有 {len(made)} 个。")
