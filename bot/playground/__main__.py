"""`python -m bot.playground`: the playground alone, for a bot that is started by hand."""

from __future__ import annotations

import argparse
import asyncio
import signal
from pathlib import Path

from bot.playground.server import Playground


async def _serve(port: int, state_dir: Path | None) -> None:
    playground = Playground(state_dir=state_dir)
    await playground.start(port=port)
    print(f"三部手机：{playground.page_url}")
    print(f"LINYING_API_BASE={playground.api_base}\nLINYING_TOKEN={playground.token}", flush=True)
    enough = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, enough.set)
    await enough.wait()
    await playground.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.playground")
    parser.add_argument("--port", type=int, default=8780)
    parser.add_argument("--state-dir", type=Path, help="keep chats in this folder")
    options = parser.parse_args()
    asyncio.run(_serve(options.port, options.state_dir))


if __name__ == "__main__":
    main()
