"""Updates that nobody expects, through the real webhook route, inbox and worker."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.fuzzing.made import kinds, make
from bench.fuzzing.mutated import broken, mutate
from bench.fuzzing.program import opened, said
from bot.identity import speaker_of
from bot.raw import keepable, read_update
from nlu.reader import Reader
from storage.database import Database
from storage.repositories.inbox import chat_of

MANY = 2000
#: Chance that hypothesis deals: what it finds it makes smaller.
CHANCES = st.randoms(use_true_random=False)


@given(CHANCES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_made_update_is_one_for_the_library(chance: random.Random) -> None:
    """What is made is what aiogram knows, so that the program cannot just refuse it."""
    made = make(chance, 1, ["o:accept:1:"])
    update = Update.model_validate(made)
    assert keepable(made) == made
    # Two halves of a character that stand side by side come back as one.
    assert (read_update(json.dumps(made).encode()) or {}).keys() == made.keys()
    speaker_of(update)
    chat_of(made)


@given(CHANCES)
@settings(max_examples=200, deadline=None)
def test_broken_bytes_are_read_or_refused(chance: random.Random) -> None:
    recorded = said(1001, "马桶堵了", 7)
    for body in (broken(chance, recorded), json.dumps(mutate(chance, recorded, 7, ["d:submit:1:"])).encode()):
        update: Any = read_update(body)
        assert update is None or 0 <= update["update_id"] < 2**63


# What people send does not depend on the database; one is enough.
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")
async def test_thousands_of_odd_updates(
    db: Database, database_url: str, reader: Reader, tmp_path: Path
) -> None:
    """No unhandled exception, no stuck chat, always 2xx or a right 4xx."""
    async with opened(database_url, tmp_path, reader, seed=20261122) as program:
        await program.story()
        assert program.buttons
        for _ in range(4):
            await program.odd(MANY // 4)
            await program.still_answers()
        found = program.found
    assert found.wrong == []
    assert set(found.answers) == {200, 400, 403}
    assert set(found.kinds) == {*kinds(), "mutated", "broken"}
    assert found.handled > MANY / 2
    assert found.unreadable > 0
