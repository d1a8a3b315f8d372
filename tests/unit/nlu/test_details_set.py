"""The details of whole messages as residents write them: what is told is read, the rest is not made up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu.details import read_details
from nlu.scoring import flat
from nlu.understanding import Details

ROOT = Path(__file__).parents[3]
SATURDAY = datetime.fromisoformat("2026-11-21T10:00")
Row = dict[str, Any]


def rows(path: str) -> list[Row]:
    return [
        json.loads(line) for line in (ROOT / "tests" / "data" / path).read_text(encoding="utf-8").splitlines()
    ]


@cache
def compounds(community: str) -> tuple[str, ...]:
    path = ROOT / "communities" / f"{community}.yaml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))["compounds"])


def told(row: Row) -> dict[str, str]:
    found: Details = read_details(
        row["text"], SATURDAY, compounds(row["community"]) if "community" in row else ()
    )
    address = {part: getattr(found, part) for part in ("compound", "building", "unit", "room")}
    time = {"start": found.time.start} if found.time else {}
    return flat(
        {
            "phone": found.phone,
            "address": address,
            "time": time,
            "recipient": found.recipient,
            "age": found.age,
        }
    )


def figures(messages: Sequence[Row]) -> tuple[float, float]:
    """The shares of the labelled fields: read right, and made up beside them."""
    wanted = right = invented = 0
    for row in messages:
        read = told(row)
        for name, value in flat(row["slots"]).items():
            wanted += bool(value)
            right += bool(value) and read[name] == value
            invented += not value and bool(read[name])
    return right / wanted, invented / wanted


def test_the_messages_for_development() -> None:
    right, invented = figures(rows("details.jsonl"))
    assert right >= 0.98
    assert invented <= 0.01


def test_the_held_out_messages() -> None:
    assert figures(rows("held_out/slots.jsonl")) == (1.0, 0.0)


@pytest.mark.parametrize("row", rows("details.jsonl"), ids=lambda row: row["text"][:20])
def test_the_labels_are_of_the_message(row: Row) -> None:
    slots = row["slots"]
    assert slots.get("recipient", "") in row["text"]
    assert slots.get("time", {}).get("expr", "") in row["text"]
    name = slots.get("address", {}).get("compound", "")
    assert name in (compounds(row["community"]) if "community" in row else row["text"]) or name in row["text"]
    assert "time" not in slots or datetime.fromisoformat(slots["time"]["start"]).date() >= SATURDAY.date()
