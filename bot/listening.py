"""A door of this program: an address that answers while a block runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.faults import Fault

if TYPE_CHECKING:
    from aiohttp import web


@asynccontextmanager
async def listening(
    app: web.Application, host: str, port: int, *, what: str, setting: str, last_calls: float
) -> AsyncIterator[str]:
    """Gives the address, such as `http://127.0.0.1:5005`; port 0 takes any. Raises Fault when it is taken.

    `what` is the door in Chinese, `setting` the name before `_PORT` and `_HOST`; `last_calls` are the seconds
    for calls that are under way at the end.
    """
    from aiohttp import web

    runner = web.AppRunner(app, access_log=None, shutdown_timeout=last_calls)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            raise Fault(
                f"{what}的地址 {host}:{port} 打不开，可能被别的程序占着。"
                f"请用 {setting}_PORT 或 {setting}_HOST 换一个。"
            ) from None
        name, taken = runner.addresses[0][:2]
        yield f"http://[{name}]:{taken}" if ":" in name else f"http://{name}:{taken}"
    finally:
        await runner.cleanup()
