"""The actions as rasa-sdk runs them: by name, on a tracker in Rasa's shape, in any host's transaction."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

from bot.clock import SystemClock
from bot.communities import load_community
from bot.frame import Frame
from bot.identity import actor_of
from casework.entities import Person
from handlers.dialogue.actions import make_actions
from handlers.dialogue.engine import DOMAIN
from handlers.dialogue.needs import new_need
from handlers.dialogue.scope import Scope
from handlers.kit.texts import default_texts
from storage.database import Database

WHO = 77
ADDRESS = {"compound": "", "building": "8", "unit": "2", "room": "501"}


@pytest.fixture
async def actions(db: Database) -> ActionExecutor:
    """An action server's executor: every action opens and commits a transaction of its own."""
    community, _ = load_community("fenghe")
    frame = Frame(community, SystemClock(), default_texts(), frozenset())
    async with db.transaction(community.id) as uow:
        await uow.people.save(Person(WHO, community.id, "居民", WHO))
        await uow.commit()

    @asynccontextmanager
    async def own_transaction(sender_id: str) -> AsyncIterator[Scope]:
        async with db.transaction(community.id) as uow:
            context = frame.context(uow)
            person = await uow.people.get(int(sender_id))
            assert person
            actor = await actor_of(context, person.id)
            yield Scope(context.cases, actor, person, community, context.now)
            await uow.commit()

    executor = ActionExecutor()
    for action in make_actions(own_transaction):
        executor.register_action(action)
    return executor


def _call(action: str, slots: dict[str, Any], entities: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    message = {"text": "", "intent": {"name": "request", "confidence": 1.0}, "entities": entities or []}
    tracker = {
        "sender_id": str(WHO),
        "slots": slots,
        "latest_message": message,
        "events": [{"event": "user", "text": ""}],
        "active_loop": {"name": "request_form"},
        "latest_action_name": None,
    }
    return {"next_action": action, "sender_id": str(WHO), "tracker": tracker, "domain": DOMAIN}


def _slots(result: Any) -> dict[str, Any]:
    return {e["name"]: e["value"] for e in result.events if e["event"] == "slot"}


async def test_the_form_takes_facts_and_names_the_next_slot(actions: ActionExecutor) -> None:
    slots = {"needs": [new_need("eld_haircut", "头发长了", "头发长了")]}
    entities = [{"entity": "address", "value": ADDRESS}, {"entity": "recipient", "value": "我妈"}]
    result = await actions.run(_call("validate_request_form", slots, entities))
    found = _slots(result)
    assert found["address"] == ADDRESS
    assert found["requested_slot"] == "time"


async def test_the_form_is_over_when_nothing_is_missing(actions: ActionExecutor) -> None:
    slots = {"needs": [new_need("edu_hobby", "画画班", "画画班")]}
    entities = [{"entity": "contact", "value": "13812345678"}]
    result = await actions.run(_call("validate_request_form", slots, entities))
    assert _slots(result)["requested_slot"] is None


async def test_submitting_files_in_the_hosts_transaction(actions: ActionExecutor, db: Database) -> None:
    slots = {"needs": [new_need("edu_hobby", "画画班", "画画班")], "contact": "13812345678"}
    result = await actions.run(_call("action_submit_requests", slots))
    assert result is not None
    assert _slots(result)["needs"] is None
    async with db.transaction("fenghe", read_only=True) as uow:
        (request,) = await uow.requests.of_resident(WHO)
    assert request.item == "edu_hobby"


async def test_answers_are_keys_and_never_sentences(actions: ActionExecutor) -> None:
    result = await actions.run(_call("action_greet", {}))
    assert result is not None
    custom = result.responses[0]["custom"]
    assert default_texts().has(custom["text"])
    assert custom["buttons"]


def test_every_action_has_a_name_of_its_own() -> None:
    names = [action.name() for action in make_actions(None)]  # type: ignore[arg-type]
    assert len(names) == len(set(names))
    assert all(n.startswith(("action_", "validate_")) for n in names)


def test_rasa_is_not_imported_before_somebody_writes() -> None:
    start = "import handlers.resident as r, handlers.start, sys; r.make_router()"
    code = f"{start}; print('rasa_sdk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_action_server_is_not_loaded_but_can_be() -> None:
    start = "import sys; from handlers.dialogue.engine import executor; executor()"
    code = f"{start}; had = 'sanic' in sys.modules; import rasa_sdk.endpoint as e; print(had, e.create_app)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("False <function create_app")


def test_actions_know_nothing_of_the_messenger() -> None:
    code = "import handlers.dialogue.actions, sys; print('aiogram' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
