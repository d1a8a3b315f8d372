"""Every action that a Rasa server may call, by who names another's request and by who is muted."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.rasa.host import Host
from casework.elsewhere import person_of
from handlers.dialogue import engine
from nlu.reader import Reader
from storage.database import Database
from tests.bot.action_table import KEEPING
from tests.bot.whole_house import SECRETS, Town, open_town

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")
SENDER = "anna"
#: What is there about requests that others have filed.
_OTHERS = ("requests", "offers", "history", "notes", "ratings", "timers", "followers", "teams")


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    made = await open_town(db, second_connection, reader)
    await made.filed()
    return made


def call(request_id: int, number: str) -> dict[str, Any]:
    """A tracker which claims, wherever it can, that the caller was talking about this request."""
    told = {"value": str(request_id), "turn": "1"}
    return {
        "sender_id": SENDER,
        "slots": {
            "pending": {"ids": [request_id], "words": "取消", "text": number},
            "step": "cancel",
            "turn": 1,
            "request": request_id,
            "about": request_id,
        },
        "latest_message": {
            "text": f"/press_request_show{json.dumps(told)}",
            "intent": {"name": "press_request_show", "confidence": 1.0},
            "intent_ranking": [{"name": "press_request_show", "confidence": 1.0}],
            "entities": [{"entity": name, "value": value} for name, value in told.items()],
        },
        "events": [],
    }


async def test_nobody_causes_anything_about_anothers_request(town: Town) -> None:
    """A sender's name is no key to the messenger's people, nor an id in a call to a request."""
    assert town.request
    host, tracker = Host(town.house.db, town.house.frame), call(town.request.id, town.request.number)
    await host.answer("action_greet", SENDER, tracker)
    keeping, filed = set(), await town.kept()
    for action in sorted(engine.executor().actions):
        before = await town.kept()
        _, said = await host.answer(action, SENDER, tracker)
        words = json.dumps(said, ensure_ascii=False)
        assert not [secret for secret in SECRETS if secret in words], action
        after = await town.kept()
        if {name: rows for name, rows in after.items() if rows != before[name]}.keys() - {"people"}:
            keeping.add(action)
        # Something of the caller's own may come to it; what was there stays as it was.
        for name in _OTHERS:
            assert set(filed.get(name, ())) <= set(after.get(name, ())), (action, name)
    assert keeping == KEEPING
    assert (await town.house.request(town.request.id)) == town.request


async def test_who_is_muted_gets_no_word_from_any_action(town: Town) -> None:
    assert town.request
    host, tracker = Host(town.house.db, town.house.frame), call(town.request.id, town.request.number)
    await host.answer("action_greet", SENDER, tracker)
    async with town.house.db.transaction(town.house.community_id) as uow:
        person = await uow.people.get(person_of("rasa", SENDER))
        assert person
        await uow.people.save(replace(person, muted=True))
        await uow.commit()
    before = await town.kept()
    for action in sorted(engine.executor().actions):
        assert (await host.answer(action, SENDER, tracker))[1] == [], action
    assert await town.kept() == before
