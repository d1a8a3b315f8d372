"""deploy/rasa speaks of the same intents, actions, slots and steps as the program."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rasa.channel import _ON_REQUEST
from deploy.rasa.training_data import as_yaml, messages, sample
from handlers.dialogue import presses
from handlers.dialogue.engine import executor
from handlers.dialogue.state import FORM, OF_THE_NEED, Step
from nlu import corpus

PROJECT = Path(__file__).parents[2] / "deploy" / "rasa"
#: Rasa's own, and what Rasa adds to every domain.
RASAS_ACTIONS = {FORM, "action_deactivate_loop"}
RASAS_INTENTS = {"nlu_fallback"}
#: Slots that live longer than a need.
LASTING = {"turn", "emergency", "lost"}


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def rules() -> str:
    return (PROJECT / "data" / "rules.yml").read_text(encoding="utf-8")


def test_the_domain_has_every_intent_of_the_training_messages(domain: dict[str, Any]) -> None:
    spoken = {i for i in domain["intents"] if not i.startswith("press_")} - {"my", "privacy"}
    assert spoken == set(messages())


def test_the_domain_has_every_action(domain: dict[str, Any]) -> None:
    assert set(domain["actions"]) == set(executor().actions)


def test_the_domain_has_every_slot_and_step(domain: dict[str, Any]) -> None:
    # Rasa makes requested_slot by itself.
    assert set(domain["slots"]) == ({*OF_THE_NEED} - {"requested_slot"}) | LASTING
    steps = {value for name, value in vars(Step).items() if not name.startswith("_")}
    assert set(domain["slots"]["step"]["values"]) == steps


def test_the_rules_name_only_what_the_domain_has(domain: dict[str, Any], rules: str) -> None:
    assert set(re.findall(r"intent: (\w+)", rules)) <= {*domain["intents"], *RASAS_INTENTS}
    assert set(re.findall(r"action: (\w+)", rules)) <= {*domain["actions"], *RASAS_ACTIONS}


def test_every_intent_has_a_rule(domain: dict[str, Any], rules: str) -> None:
    assert set(domain["intents"]) <= set(re.findall(r"intent: (\w+)", rules))


def test_every_button_of_the_dialogue_has_an_intent(domain: dict[str, Any]) -> None:
    actions = {*presses._PLANS, *presses._IN_EMERGENCY, "human", "item", "other"}
    wanted = {f"press_{a}" for a in actions} | {f"press_request_{a}" for a in _ON_REQUEST}
    assert {i for i in domain["intents"] if i.startswith("press_")} == wanted


def test_the_written_messages_are_read_back_by_yaml_as_they_are() -> None:
    found = {intent: sample(examples, 3) for intent, examples in messages().items()}
    blocks = yaml.safe_load(as_yaml(found))["nlu"]
    read = {b["intent"]: [line.removeprefix("- ") for line in b["examples"].splitlines()] for b in blocks}
    assert read == {intent: [e.text for e in examples] for intent, examples in found.items()}


def test_a_sample_takes_every_voice_in_turn() -> None:
    plumbing = messages()["hom_plumbing"]
    voices = {e.voice for e in plumbing}
    assert {e.voice for e in sample(plumbing, len(voices))} == voices
    assert sample(plumbing, 5) == sample(list(reversed(plumbing)), 5)


def test_what_only_the_reader_of_urgency_learns_stays_out() -> None:
    assert not {corpus.LOOKALIKE, corpus.ANSWER} & set(messages())
    assert corpus.EMERGENCY in messages()
