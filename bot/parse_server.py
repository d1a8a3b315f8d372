"""Where `POST /model/parse` listens: beside the bot when a port is set, or alone as `parse-server`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.faults import Fault
from bot.listening import listening
from bot.playground.address import is_loopback
from bot.settings import Settings

if TYPE_CHECKING:
    from nlu.reader import Reader

#: Rasa's own port, for the server alone.
PORT = 5005
#: Seconds for calls under way when the program ends.
_LAST_CALLS = 3.0
Seated = Callable[[], "Reader | None"]


def check_door(settings: Settings) -> None:
    """Raises Fault where other machines could reach the reader without a key."""
    if not settings.parse_key and not is_loopback(settings.parse_host):
        raise Fault(
            f"LINYING_PARSE_HOST 是 {settings.parse_host}，别的机器也连得进来。"
            "请改回 127.0.0.1，或者再设置 LINYING_PARSE_KEY（16 个以上的字母和数字），调用的程序也要带上它。"
        )


@asynccontextmanager
async def answering(settings: Settings, port: int, reader: Seated, zone: str) -> AsyncIterator[str]:
    """Answer other programs while the block runs; gives the address. Raises Fault."""
    from bot.parsing import make_app

    check_door(settings)
    app = make_app(reader, settings.parse_key, zone)
    door = listening(
        app, settings.parse_host, port, what="阅读器", setting="LINYING_PARSE", last_calls=_LAST_CALLS
    )
    async with door as address:
        yield f"{address}/model/parse"


@asynccontextmanager
async def beside(settings: Settings, reader: Seated, zone: str) -> AsyncIterator[str]:
    """The same in the bot's process, with its reader; nothing, and no address, unless a port is set."""
    if settings.parse_port is None:
        yield ""
    else:
        async with answering(settings, settings.parse_port, reader, zone) as address:
            yield address


def serve(settings: Settings, port: int | None, stop_on_signals: Callable[[], asyncio.Event]) -> None:
    """The reader alone, without messenger and database, until told to stop. Raises Fault."""
    from bot.communities import load_community
    from bot.reading import begin_loading

    check_door(settings)
    community, _ = load_community(settings.community)
    loading = begin_loading(settings.data_dir / "model", community.compounds, talking=False)
    chosen = settings.parse_port if port is None else port

    async def work() -> None:
        stop = stop_on_signals()
        ending = asyncio.create_task(stop.wait())
        waiting = asyncio.create_task(_until(loading))
        async with answering(
            settings,
            PORT if chosen is None else chosen,
            lambda: loading.result() if loading.done() else None,
            community.timezone,
        ) as address:
            await asyncio.wait({ending, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if loading.done():
                loading.result()
                print(f"阅读器在 {address} 回答别的程序。按 Ctrl+C 停止。", flush=True)  # noqa: T201 - the one line
                await ending

    asyncio.run(work())


async def _until(loading: Future[Reader]) -> None:
    await asyncio.wait([asyncio.wrap_future(loading)])
