"""Steps that wait for a person's next words or button: noted with the time, forgotten after a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

#: After that a message is no longer taken for what was asked so long ago.
_FORGET_AFTER = timedelta(minutes=30)


async def wait_for(state: FSMContext, now: datetime, step: State, **data: Any) -> None:
    """From now on the next message or button is for this step."""
    await state.set_state(step)
    await state.set_data({**data, "at": now.isoformat()})


def forgotten(data: dict[str, Any], now: datetime) -> bool:
    """Whether the step was begun too long ago."""
    return "at" not in data or now - datetime.fromisoformat(data["at"]) > _FORGET_AFTER
