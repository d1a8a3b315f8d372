"""`export ledger`: one of the three ledgers as the sheet an office prints."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from bot.clock import SystemClock
from bot.communities import load_community
from bot.faults import Fault
from bot.ledgers import as_worker, opened
from bot.settings import Settings

_MONTH = re.compile(r"(\d{4})-?(\d{2})", re.ASCII)


def export_ledger(settings: Settings, book: str, month: str, out: Path | None) -> str:
    """Write a ledger, of one month (2026-11) or of all time. Raises Fault for what cannot be done."""
    from handlers.admin.ledger_forms import MOST_ROWS, LedgerForms, TooMany
    from handlers.admin.ledger_words import Wanted
    from handlers.admin.sheets.forms import write_form
    from handlers.kit.callbacks import LedgerCD
    from handlers.kit.context import Context
    from handlers.kit.outgoing import Outgoing
    from handlers.kit.texts import default_texts

    if out is None:
        raise Fault("导出台账要用 --out 写明文件名。")
    community, _ = load_community(settings.community)
    wanted = Wanted(LedgerCD(action="xlsx", book=book[0], month=_month(month)), community)

    async def work() -> tuple[bytes, int]:
        async with opened(settings) as database, database.transaction(community.id, read_only=True) as uow:
            texts = default_texts()
            context = Context(uow, SystemClock(), community, Outgoing(uow.outbox, texts), frozenset())
            form, count = await LedgerForms(context, as_worker(community), wanted).form()
        return write_form(form), count

    try:
        content, count = asyncio.run(work())
    except TooMany:
        raise Fault(f"超过 {MOST_ROWS} 条，一张表装不下，请用 --month 选一个月。") from None
    try:
        out.write_bytes(content)
    except OSError:
        raise Fault(f"写不了文件 {out}。") from None
    return f"已导出 {count} 条到 {out}。"


def _month(typed: str) -> int:
    """As 202611; 0 for all time."""
    if not typed:
        return 0
    found = _MONTH.fullmatch(typed)
    if not found or not 1 <= int(found[2]) <= 12:
        raise Fault(f"月份写成 2026-11 这样：{typed}")
    return int(found[1]) * 100 + int(found[2])
