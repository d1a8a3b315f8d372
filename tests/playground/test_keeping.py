"""What is kept without a farewell: a crash may lose a second, not a person."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import ClientSession

from bot.playground.server import Playground


async def test_a_new_person_is_kept_before_anybody_says_a_word(tmp_path: Path) -> None:
    place = Playground(state_dir=tmp_path)
    await place.start()
    try:
        async with ClientSession() as http:
            await http.post(f"{place.api_base}/control/persons", json={"name": "张大爷"})
        kept = tmp_path / "playground.json"
        for _ in range(100):
            if kept.exists() and "张大爷" in kept.read_text("utf-8"):
                break
            await asyncio.sleep(0.1)
        names = [person.name for person in Playground(state_dir=tmp_path).world.persons.values()]
        assert names[-1] == "张大爷"
    finally:
        await place.stop()
