"""The calls that a real Rasa 3.6 made, again: the action server answers alike and files what was filed.

Recorded by `python -m bench.rasa.show` (see docs/rasa.md); `shortened` there tells what was left out.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.action_server import ActionServer, serving

RECORDED = Path(__file__).parents[1] / "data" / "rasa" / "calls.jsonl"
KEY = "a-key-of-many-letters"


def _recorded() -> list[dict[str, Any]]:
    return [json.loads(line) for line in RECORDED.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
async def server(
    tmp_path_factory: pytest.TempPathFactory, trained_model: Path
) -> AsyncIterator[ActionServer]:
    async with serving(tmp_path_factory.mktemp("actions") / "data", trained_model) as one:
        yield one


@pytest.fixture(scope="module")
async def replayed(tmp_path_factory: pytest.TempPathFactory, trained_model: Path) -> tuple[list[Any], Path]:
    """The answers to all recorded calls, in order, and the database that they left."""
    data = tmp_path_factory.mktemp("replayed") / "data"
    async with serving(data, trained_model) as one:
        answers = [await one.post(_as_of_now(line["call"])) for line in _recorded()]
    return answers, data / "linying.db"


def _as_of_now(call: dict[str, Any]) -> dict[str, Any]:
    """An emergency lasts half an hour: the recorded one begins now."""
    emergency = call["tracker"]["slots"].get("emergency")
    if emergency:
        emergency["at"] = datetime.now(UTC).isoformat()
    return call


def _gist(answer: dict[str, Any], known: set[str]) -> Any:
    """What does not depend on the day: the slots set, the first words, the buttons.

    A slot that the recorded Rasa did not know may be emptied, and nothing else.
    """
    slots = [
        event["name"]
        for event in answer["events"]
        if event["event"] == "slot" and (event["name"] in known or event["value"] is not None)
    ]
    said = [re.sub(r"\d{8}-", "-", one["text"].split("\n")[0]) for one in answer["responses"]]
    # 「今天下午」 is offered only before four o'clock.
    buttons = [b for one in answer["responses"] for b in one["buttons"] if b["title"] != "今天下午"]
    return slots, said, [(re.sub(r"\d{8}-", "-", b["title"]), b["payload"]) for b in buttons]


def test_every_call_is_answered_as_it_was(replayed: tuple[list[Any], Path]) -> None:
    recorded = _recorded()
    assert len(recorded) > 20
    for line, (status, answer) in zip(recorded, replayed[0], strict=True):
        assert status == line["status"] == 200
        known = set(line["call"]["tracker"]["slots"])
        assert _gist(answer, known) == _gist(line["answer"], known), line["call"]["next_action"]


def test_what_rasa_gets_is_what_rasa_understands(replayed: tuple[list[Any], Path]) -> None:
    for _, answer in replayed[0]:
        assert set(answer) == {"events", "responses"}
        for event in answer["events"]:
            assert event["event"] == "slot"
        for one in answer["responses"]:
            assert isinstance(one["text"], str)
            assert "<" not in one["text"]
            assert all(set(button) == {"title", "payload"} for button in one["buttons"])
            # Rasa would look for an utterance of that name.
            assert not one["response"]


def test_what_was_filed_stands_in_the_database(replayed: tuple[list[Any], Path]) -> None:
    with sqlite3.connect(replayed[1]) as connection:
        rows = connection.execute("SELECT item, status, urgent, urges FROM requests ORDER BY id").fetchall()
        people = connection.execute("SELECT COUNT(*) FROM people WHERE id >= ?", (2**62,)).fetchone()
        told = connection.execute("SELECT COUNT(*) FROM outbox WHERE chat_id = 3001").fetchone()
    # Filed, urged, taken back and restored by one; the other's father, whatever DIET made of it.
    assert rows == [("hom_plumbing", "offered", 0, 1), ("aid_rescue", "offered", 1, 0)]
    assert people == (2,)
    assert told[0] > 0


async def test_it_lists_its_actions_and_is_well(server: ActionServer) -> None:
    assert await server.get("health") == (200, {"status": "ok"})
    status, actions = await server.get("actions")
    assert status == 200
    assert {"name": "action_submit_requests"} in actions


async def test_it_listens_on_loopback_alone(server: ActionServer) -> None:
    import psutil

    listening = [
        c.laddr.ip for c in psutil.Process(server.process.pid).net_connections("tcp") if c.status == "LISTEN"
    ]
    assert listening == ["127.0.0.1"]


async def test_a_page_in_a_browser_is_no_rasa(server: ActionServer) -> None:
    status, _ = await server.post({"next_action": "action_greet"}, Origin="http://example.org")
    assert status == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ([], 400),
        ("x", 400),
        ({}, 404),
        ({"next_action": "action_nobody_has"}, 404),
        ({"next_action": "action_greet"}, 400),
        ({"next_action": "action_greet", "sender_id": 7, "tracker": {}}, 400),
        ({"next_action": "action_greet", "sender_id": "a", "tracker": []}, 400),
        ({"next_action": "action_greet", "sender_id": "a", "tracker": {}}, 200),
        ({"next_action": "action_greet", "sender_id": "a", "tracker": {"latest_message": 5}}, 400),
        ({"next_action": "action_greet", "sender_id": "a", "tracker": {"events": {}}}, 200),
        ({"next_action": "action_greet", "sender_id": "a", "tracker": {"events": {"a": 1}}}, 400),
        ({"next_action": "validate_request_form", "sender_id": "a", "tracker": {"slots": {"needs": 5}}}, 200),
    ],
)
async def test_a_bad_call_is_refused_in_rasas_way(server: ActionServer, body: Any, status: int) -> None:
    found, answer = await server.post(body)
    assert found == status
    # Rasa reads the name out of every refusal.
    assert status == 200 or "action_name" in answer


async def test_with_a_key_only_who_has_it_is_heard(tmp_path: Path, trained_model: Path) -> None:
    async with serving(tmp_path / "data", trained_model, LINYING_ACTIONS_KEY=KEY) as one:
        assert (await one.get("health"))[0] == 200
        assert (await one.get("actions"))[0] == 401
        assert (await one.post({"next_action": "action_greet"}))[0] == 401
        assert (await one.get("actions", Authorization="Bearer wrong"))[0] == 401
        assert (await one.get("actions", Authorization=f"Bearer {KEY}"))[0] == 200
