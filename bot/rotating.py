"""`rotate-keys`: everything sealed anew under the first key while the bot runs, also what was open."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.auditing import write
from bot.clock import SystemClock
from bot.faults import Fault
from bot.keys import key_file
from bot.opening import connected, make_database, open_database
from bot.settings import Settings
from casework.audit import Act

if TYPE_CHECKING:
    from storage.rotation import Rotated
    from storage.sealing import Keyring


def rotate_keys(settings: Settings) -> tuple[str, bool]:
    """What was done, in plain words, and whether all of it. Raises Fault."""
    from storage import rotation

    database = make_database(settings, SystemClock())
    ring = database.keyring
    if ring is None:
        raise Fault("还没有密钥，没有什么可以封存。请先设置 LINYING_SECRET_KEY，重启机器人，再来一次。")

    async def work() -> Rotated:
        from rich.console import Console
        from rich.progress import Progress

        await _restarted(settings, ring)
        await open_database(database)
        await database.close()
        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("重新封存", total=None)

            def told(done: int, every: int) -> None:
                bar.update(task, completed=done, total=every)

            return await rotation.rotate(database.url, ring, told)

    done = asyncio.run(work())
    asyncio.run(write(settings, Act.KEYS_ROTATED, rows=done.sealed))
    return _words(settings, done, rotation.OPEN, rotation.BROKEN), not done.left


async def _restarted(settings: Settings, ring: Keyring) -> None:
    """A bot that does not have the key could not read what is sealed under it. Raises Fault."""
    from storage import keys

    async with connected(settings.database, read_only=True) as connection:
        known = await connection.run_sync(keys.known)
    if ring.first_id not in known:
        raise Fault(
            "请先用新的 LINYING_SECRET_KEY（新的在前，旧的在后）重启机器人，再运行 rotate-keys。"
            "没有机器人在运行，就先运行一次 python -m bot migrate。"
        )


def _words(settings: Settings, done: Rotated, in_the_clear: str, broken: str) -> str:
    lines = [f"看了 {done.checked} 行，重新封存了 {done.sealed} 行。"]
    lines += _left(done.left, in_the_clear, broken)
    if not done.left:
        lines.append("个人资料都封存在现在这把密钥下了。")
        if done.retired:
            lines.append(
                f"旧密钥（编号 {'、'.join(done.retired)}）不再需要：请从 LINYING_SECRET_KEY 里去掉。"
            )
        path = key_file(settings)
        if settings.secrets and path is not None and path.exists():
            lines.append(f"密钥文件 {path} 也不再需要，可以删掉。以前的备份还要用旧密钥，请另外保管。")
    return "\n".join(lines)


def _left(left: Mapping[str, int], in_the_clear: str, broken: str) -> list[str]:
    lines = []
    for key_id, many in sorted(left.items()):
        if key_id == broken:
            lines.append(f"有 {many} 行打不开：封存以后被改动过。请从备份里找回。")
        elif key_id == in_the_clear:
            lines.append(f"还有 {many} 行没有封存，请再来一次。")
        else:
            lines.append(f"还有 {many} 行在旧密钥（编号 {key_id}）下：机器人都用新密钥重启以后，请再来一次。")
    return lines
