"""aiogram's FSM storage over the chat's memory, so that states commit with everything else."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from handlers.kit.memory import Memory

#: The memory of the update being handled; set by whoever runs the transaction.
current_memory: ContextVar[Memory] = ContextVar("current_memory")


class MemoryStorage(BaseStorage):
    """States and data live in the chat's document under `fsm`, one entry a person."""

    async def _entry(self, key: StorageKey) -> dict[str, Any]:
        document = await current_memory.get().of(key.chat_id)
        entries: dict[str, dict[str, Any]] = document.setdefault("fsm", {})
        return entries.setdefault(str(key.user_id), {})

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """None leaves the state."""
        entry = await self._entry(key)
        entry["state"] = state.state if isinstance(state, State) else state

    async def get_state(self, key: StorageKey) -> str | None:
        """The state's name."""
        return (await self._entry(key)).get("state")

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replaces all data."""
        (await self._entry(key))["data"] = dict(data)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """A copy of the data."""
        return dict((await self._entry(key)).get("data", {}))

    async def close(self) -> None:
        """Nothing is held open."""
