"""Keeping the playground's chats across restarts, in a folder."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path

from bot.playground.chats import chat_from
from bot.playground.people import Group, Person
from bot.playground.updates import Waybill
from bot.playground.world import World

_NAME = "playground.json"


def save(world: World, folder: Path) -> None:
    """Write the world to the folder."""
    _write(_picture(world), folder)


def _picture(world: World) -> str:
    state = {
        "persons": [asdict(person) for person in world.persons.values()],
        "groups": [asdict(group) for group in world.groups.values()],
        "chats": [chat.shown() for chat in world.chats.values()],
        "pending": [asdict(waybill) for waybill in world.queue.pending.values()],
        "next_update": world.queue.next_id,
        "next_message": world.next_message_id,
        "revision": world.revision,
        "offset": world.clock.offset,
    }
    return json.dumps(state, ensure_ascii=False)


def _write(picture: str, folder: Path) -> None:
    """In one step, so that a crash leaves the old or the new file."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{_NAME}.new"
    fresh.write_text(picture, "utf-8")
    fresh.replace(folder / _NAME)


def load(world: World, folder: Path) -> None:
    """Fill a fresh world from the folder; nothing there is fine."""
    path = folder / _NAME
    if not path.exists():
        return
    state = json.loads(path.read_text("utf-8"))
    world.persons = {one["id"]: Person(**one) for one in state["persons"]}
    world.groups = {one["id"]: Group(**one) for one in state["groups"]}
    world.chats = {one["chat"]: chat_from(one) for one in state["chats"]}
    world.queue.history = [Waybill(**one) for one in state["pending"]]
    world.queue.pending = {waybill.id: waybill for waybill in world.queue.history}
    world.queue.next_id = max(world.queue.next_id, state["next_update"])
    world.next_message_id = max(world.next_message_id, state["next_message"])
    world.revision = state["revision"]
    world.clock.offset = state["offset"]


async def save_forever(world: World, folder: Path, every: float = 1.0) -> None:
    """Save whenever something has changed, until cancelled."""
    saved = (world.revision, len(world.queue.pending), world.clock.offset)
    while True:
        await asyncio.sleep(every)
        present = (world.revision, len(world.queue.pending), world.clock.offset)
        if present != saved:
            await asyncio.to_thread(_write, _picture(world), folder)
            saved = present
