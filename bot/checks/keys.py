"""The keys that seal personal data: where they are kept, and whether there are any."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Finding, hint
from bot.keys import SHORTEST, key_file
from bot.settings import Settings

_OTHERS = 0o077


def check_keys(settings: Settings) -> Iterator[Finding]:
    """Nothing is made: that is for the next start."""
    path, given = key_file(settings), len(settings.secrets)
    if given:
        more = f"，连旧的一共 {given} 把" if given > 1 else ""
        yield Finding(True, f"个人资料封存着，密钥在 LINYING_SECRET_KEY{more}。")
        if len(settings.secrets[0]) < SHORTEST:
            yield Finding(
                False,
                f"LINYING_SECRET_KEY 太短，猜得出来。请换一个 {SHORTEST} 个字以上的（openssl rand -hex 32），"
                "写成“新的,旧的”，重启，再执行 python -m bot rotate-keys。",
            )
    elif path is None:
        yield Finding(
            False,
            "个人资料没有封存：用数据库服务器时请设 LINYING_SECRET_KEY（16 个以上的字），每个机器人都一样。",
        )
    elif path.exists():
        yield hint(
            f"封存个人资料的密钥在 {path}，和数据放在一起。请把它写进 LINYING_SECRET_KEY，再另存一份："
            "丢了密钥，个人资料就打不开了。"
        )
    else:
        yield Finding(True, "还没有密钥：第一次启动时会做一把，用来封存个人资料。")
    if path is not None and path.exists() and path.stat().st_mode & _OTHERS:
        yield Finding(False, f"密钥文件 {path} 别的用户也读得到。请执行 chmod 600。")
