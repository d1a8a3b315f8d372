"""The files of one's own data, made when their turn to be sent has come."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import Any

from casework.errors import NotAllowed
from casework.keeping.personal import OwnData
from casework.permissions import Actor, Role
from casework.use_cases.privacy import ExportOwnData
from handlers.kit.context import Context
from handlers.ports import Delivery
from handlers.privacy.page import Page

FORMS = ("page", "json")


async def ask_for(context: Context, person_id: int, chat_id: int) -> None:
    """Put both files into the outbox; pressing again within the minute adds nothing."""
    minute = f"{context.now:%Y%m%d%H%M}"
    for form in FORMS:
        payload = {"kind": "own_data", "chat_id": chat_id, "actor": person_id, "form": form}
        key = f"own-data/{person_id}/{minute}/{form}"
        await context.uow.outbox.add(chat_id, "Deferred", payload, key=key)


async def own_data(payload: dict[str, Any], context: Context) -> Delivery:
    """One of the files. Raises NotAllowed where the chat is not the person's own."""
    person_id, form = payload["actor"], payload["form"]
    person = await context.uow.people.get(person_id)
    if person is None or person.chat_id != payload["chat_id"]:
        raise NotAllowed(permission="own_request")
    actor = Actor(person_id, context.community.id, frozenset({Role.RESIDENT}))
    data = await context.cases(ExportOwnData)(actor)
    written = await asyncio.to_thread(_page if form == "page" else _json, context, data)
    name = context.texts.plain(f"own-data-{form}-file")
    fields = {"chat_id": payload["chat_id"], "caption": context.texts.plain(f"own-data-{form}")}
    return Delivery("SendDocument", fields, ("document", name, written.encode()))


def _page(context: Context, data: OwnData) -> str:
    return Page(context).write(data)


def _json(context: Context, data: OwnData) -> str:
    whole = {"community": context.community.id, "made_at": context.now, "data": data}
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_value)


def _value(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
