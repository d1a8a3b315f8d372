"""The resident has not answered a question: said once more, with the button to answer it."""

from __future__ import annotations

from casework.promises.clock_events import AnswerAwaited
from handlers.announce.resident import reply_button
from handlers.announce.telling import Handlers, Telling, key


async def on_awaited(tell: Telling, event: AnswerAwaited) -> None:
    """Who asked what, and that the work waits for it."""
    text = tell.texts(
        "awaiting-answer",
        organisation=event.organisation.name,
        question=event.question,
        **tell.about(event.request),
    )
    await tell.resident(event.request, text, reply_button(tell, event.request), once=key(event))


HANDLERS: Handlers = {AnswerAwaited: on_awaited}
