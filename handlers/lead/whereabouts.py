"""An emergency whose place or phone is unknown: that it is, what was kept before, whom to write to."""

from __future__ import annotations

from casework.entities import Details, Request
from casework.statuses import CLOSED
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.texts import Markup


async def whereabouts(context: Context, request: Request) -> Markup | None:
    """For those who were called and may see everything; None when nothing is missing."""
    if not request.urgent or request.status in CLOSED:
        return None
    texts, cards = context.texts, Cards(context.texts, context.community)
    said = {"place": cards.address(request.details.address), "phone": request.details.phone}
    unknown = [word for word, known in said.items() if not known]
    if not unknown:
        return None
    person = await context.uow.people.get(request.resident_id)
    saved = person.saved if person else Details()
    kept = {"place": cards.address(saved.address), "phone": saved.phone}
    name = (person.name if person else "") or texts.plain("role-resident")
    lines = [texts(f"announce-emergency-no-{word}") for word in unknown]
    lines += [texts(f"announce-emergency-kept-{word}", value=kept[word]) for word in unknown if kept[word]]
    lines.append(texts("announce-emergency-who", id=request.resident_id, name=name))
    return Markup("\n".join(lines))
