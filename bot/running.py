"""`run` and `playground`: the process around the program: playground, signals, the one line it prints."""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import os
import signal
import threading
from typing import TYPE_CHECKING

from bot.faults import Fault
from bot.opening import hold
from bot.parse_server import beside, check_door
from bot.settings import Settings
from bot.watching.door import check_door as check_watching

if TYPE_CHECKING:
    from bot.playground.server import Playground

log = logging.getLogger(__name__)

#: Seconds from the signal to the end, whatever hangs.
LONGEST_END = 9.0


def run(settings: Settings) -> None:
    """Serve the messenger of the settings, or a playground of our own while nothing is set."""
    if not settings.token and settings.api_base:
        raise Fault("设置了 LINYING_API_BASE，还要设置 LINYING_TOKEN。")
    if settings.token and not settings.api_base and _is_playground_token(settings.token):
        raise Fault("LINYING_TOKEN 是演示页的令牌，不能用来连 Telegram。请换成 BotFather 给的令牌。")
    if settings.token:
        _main(settings, embedded=False)
    else:
        playground(settings, settings.playground_port)


def playground(settings: Settings, port: int) -> None:
    """The playground and the bot in one process. Raises Fault beside a real token."""
    if settings.token:
        raise Fault("已经设置了真实的令牌（LINYING_TOKEN），演示页不能同时开。请去掉其中一个。")
    _main(settings, embedded=True, port=port)


def parse_server(settings: Settings, port: int | None) -> None:
    """The reader alone for other programs. Raises Fault."""
    from bot import parse_server as server

    server.serve(settings, port, _stop_on_signals)


def playground_alone(settings: Settings, port: int) -> None:
    """The messenger and its page without a bot; prints one JSON line with what a bot needs."""
    if settings.token and not _is_playground_token(settings.token):
        raise Fault("已经设置了真实的令牌（LINYING_TOKEN），演示页不能同时开。请去掉其中一个。")

    from bot.light_import import import_aiogram_lightly

    import_aiogram_lightly()

    async def serve() -> None:
        stop = _stop_on_signals()
        server = await _start_playground(settings, port)
        facts = {"api_base": server.api_base, "token": server.token, "page": server.page_url}
        print(json.dumps(facts), flush=True)  # noqa: T201 - the line that scripts read
        await stop.wait()
        await server.stop()

    asyncio.run(serve())


def _is_playground_token(token: str) -> bool:
    from bot.playground.address import DEFAULT_TOKEN

    return token == DEFAULT_TOKEN


def _main(settings: Settings, *, embedded: bool, port: int = 0) -> None:
    import gc

    from bot.communities import load_community
    from bot.light_import import import_aiogram_lightly
    from bot.reading import begin_loading

    if settings.parse_port is not None:
        check_door(settings)
    check_watching(settings)
    # Start-up makes a million objects that stay for good: collecting them would be for nothing.
    gc.disable()
    held = hold(settings)
    community, organisations = load_community(settings.community)
    loading = begin_loading(settings.data_dir / "model", community.compounds)
    import_aiogram_lightly()
    from bot import app

    async def serve() -> None:
        stop = _stop_on_signals()
        server = await _start_playground(settings, port) if embedded else None
        try:
            told = settings
            if server is not None:
                told = settings.model_copy(update={"token": server.token, "api_base": server.api_base})
            built = app.build(told, community)
            line = _line(server, community.short_name)
            async with beside(settings, lambda: built.frame.seat.reader, community.timezone) as address:
                if address:
                    line += f"\n阅读器在 {address} 回答别的程序。"
                await app.run(built, organisations, loading, stop, lambda: _settle(line))
        finally:
            if server is not None:
                await server.stop()

    try:
        asyncio.run(serve())
    finally:
        if held is not None:
            held.close()


def _line(server: Playground | None, community: str) -> str:
    if server is None:
        return f"{community}的机器人已启动，按 Ctrl+C 停止。"
    return f"打开 {server.page_url} ，居民、组织负责人、社工三部手机都在那里。按 Ctrl+C 停止。"


def _settle(line: str) -> None:
    """Everything is loaded: from now on garbage is collected, and the one line is said."""
    import gc

    gc.freeze()
    gc.enable()
    print(line, flush=True)  # noqa: T201 - the one line a newcomer needs


async def _start_playground(settings: Settings, port: int) -> Playground:
    from bot.playground.server import Playground

    for wanted in (port, 0):
        server = Playground(state_dir=settings.data_dir / "playground")
        try:
            await server.start("127.0.0.1", wanted)
        except OSError as error:
            await server.stop()
            if error.errno != errno.EADDRINUSE or wanted == 0:
                raise Fault(f"端口 {wanted} 打不开，请用 LINYING_PLAYGROUND_PORT 换一个。") from None
            log.warning("port %d is taken, another one is used", wanted)
        else:
            return server
    raise AssertionError("the loop returns or raises")


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()

    def end() -> None:
        stop.set()
        last = threading.Timer(LONGEST_END, _leave)
        last.daemon = True
        last.start()

    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, end)
    return stop


def _leave() -> None:
    """A database or a network that fell silent is not waited for: what is open is undone, as after a kill."""
    log.warning("something does not answer; the program ends without it")
    logging.shutdown()
    os._exit(0)
