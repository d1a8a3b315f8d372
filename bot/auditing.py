"""The audit from outside: is its chain whole, and where did it end each night."""

from __future__ import annotations

import logging
from datetime import time
from typing import TYPE_CHECKING

from bot.faults import Fault
from bot.recurring import Recurring, at
from casework.audit import Act
from casework.permissions import Role
from casework.promises.schedules import Schedule, ScheduleKind
from handlers.kit.context import Context

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.chain import Verdict
    from storage.database import Database

log = logging.getLogger(__name__)

_NIGHT = time(3, 30)


async def tell_anchor(context: Context, schedule: Schedule) -> None:
    """Each night the log is told where the chain ends: a second place, which no database reaches."""
    head = await context.uow.audit.head()
    if head is not None:
        log.info("audit of %s ends at %s", context.community.id, anchor_text(*head))


def anchor_text(seq: int, made: str) -> str:
    """How an anchor is written: `412:9f…`."""
    return f"{seq}:{made}"


def anchor_of(text: str) -> tuple[int, str]:
    """The anchor as somebody wrote it down. Raises ValueError."""
    seq, colon, made = text.strip().partition(":")
    if not colon or not seq.isdecimal() or len(made) != 64:
        raise ValueError("no anchor")
    return int(seq), made.lower()


async def verify(db: Database, community_id: str, anchor: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain of one community."""
    from storage.chain import verify as walk

    async with db.transaction(community_id, read_only=True) as uow:
        audit = uow.audit
        return await walk(community_id, audit.links(), await audit.head(), audit.keys, anchor)


async def write(settings: Settings, act: Act, **facts: int) -> bool:
    """Note what was done from the command line; False where the database cannot take it (now)."""
    from bot.clock import SystemClock
    from bot.communities import load_community
    from bot.opening import make_database
    from storage.upgrade import DRIVER_ERRORS

    database = make_database(settings, SystemClock())
    try:
        # Looking at an older database must not bring it up to date.
        if not await database.is_current():
            return False
        async with database.transaction(load_community(settings.community)[0].id) as uow:
            uow.audit.note(act, None, Role.ADMIN, **facts)
            await uow.commit()
    except DRIVER_ERRORS as error:
        log.warning("the audit could not be told of %s: %s", act, type(error).__name__)
        return False
    finally:
        await database.close()
    return True


_WHY = {
    "changed": "这一条的内容被改过",
    "missing": "这一条不见了",
    "unlinked": "这一条和前一条接不上",
    "unkeyed": "这一条没有用密钥写，不是本系统写的",
    "cut": "从这一条起，后面的被删掉了",
    "moved": "末尾和记下的不一样，有人重写过",
}


def report(settings: Settings, anchor: str = "") -> tuple[str, bool]:
    """In words whether the book is whole, and whether it is. Raises Fault for an anchor that is none."""
    import asyncio

    from bot.communities import load_community
    from bot.ledgers import opened

    try:
        known = anchor_of(anchor) if anchor else None
    except ValueError:
        raise Fault("--anchor 要写成 序号:校验值，照日志里 audit of … ends at 后面的抄") from None
    community = load_community(settings.community)[0]

    async def look() -> Verdict:
        async with opened(settings) as database:
            return await verify(database, community.id, known)

    verdict = asyncio.run(look())
    return told(community.name, verdict), verdict.broken_at is None and not verdict.unreadable


def told(name: str, verdict: Verdict) -> str:
    """The verdict in plain words."""
    if verdict.broken_at is not None:
        why = _WHY[verdict.why]
        return (
            f"{name}的留痕被动过：第 {verdict.broken_at} 条，{why}。前面 {verdict.broken_at - 1} 条是好的。"
        )
    if not verdict.seq:
        return f"{name}还没有留痕。"
    lines = [f"{name}的留痕完好：{verdict.seq} 条，一条接一条。"]
    if verdict.unreadable:
        lines = [
            f"{name}的留痕有 {verdict.unreadable} 条核对不了：写它们的密钥不在这里。"
            "请把旧密钥也写进 LINYING_SECRET_KEY，用逗号隔开。"
        ]
    lines.append(f"末尾是 {anchor_text(verdict.seq, verdict.hash)}，抄下来，下次用 --anchor 核对。")
    return "\n".join(lines)


RECURRING = {ScheduleKind.TELL_ANCHOR: Recurring(at(_NIGHT), tell_anchor)}
