"""JSON documents in columns: whatever a message may hold comes back as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.dialects import sqlite

from storage.types import JsonText

_COLUMN, _DIALECT = JsonText(), sqlite.dialect()
#: Anything the messenger can send: any text, also halves of pairs; numbers as large as it likes.
_VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(some.characters(codec=None)),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


def _and_back(value: Any) -> Any:
    text = _COLUMN.process_bind_param(value, _DIALECT)
    return None if text is None else _COLUMN.process_result_value(text.encode().decode(), _DIALECT)


@given(_VALUES)
def test_a_document_comes_back_as_it_was(value: Any) -> None:
    assert _and_back(value) == value


@pytest.mark.parametrize("value", ["半个\ud83d", 2**63, -(2**63), 2**64, 10**30, "\x00", 0.1, 1e300])
def test_what_few_can_hold(value: Any) -> None:
    assert _and_back({"told": [value]}) == {"told": [value]}


def test_keys_become_text_and_strange_things_are_refused() -> None:
    assert _and_back({7: "x"}) == {"7": "x"}
    with pytest.raises(TypeError):
        _COLUMN.process_bind_param({"at": datetime(2026, 1, 1, tzinfo=UTC)}, _DIALECT)
