"""Links that open something: whoever tries many that open nothing has to wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.kit.context import Context
from handlers.kit.memory import Memory

#: So many wrong ones within this time; a link that was mistyped or used up is tried a few times at most.
MOST = 10
WITHIN = timedelta(hours=1)


async def may_try(context: Context, memory: Memory, person_id: int) -> bool:
    """Whether this person may try another link now."""
    return len(await _recent(context, memory, person_id)) < MOST


async def was_wrong(context: Context, memory: Memory, person_id: int) -> None:
    """Remember that a link opened nothing, with the person wherever they tried it."""
    recent = await _recent(context, memory, person_id)
    # A private chat has the id of its person.
    (await memory.of(person_id))["guesses"] = [*recent, context.now.isoformat()][-MOST:]


async def _recent(context: Context, memory: Memory, person_id: int) -> list[str]:
    kept = (await memory.of(person_id)).get("guesses", [])
    return [at for at in kept if context.now - datetime.fromisoformat(at) < WITHIN]
