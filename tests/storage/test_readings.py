"""What the reader had said is kept once a request, and is read by its own community alone."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from casework.readings import KeptReading
from storage.database import Database
from tests.storage.things import HOME, add

TOLD = {"text": "灯坏了\x00\ud800", "parts": [{"intent": "saf_lighting", "words": [], "meaning": 0.5}]}


async def test_a_reading_is_kept_and_found_again(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        request = await add(uow)
        assert await uow.readings.of_request(request.id) is None
        await uow.readings.keep(KeptReading(request.id, "hom_electric", "saf_lighting", TOLD))
        await uow.commit()
    async with db.transaction(HOME) as uow:
        kept = await uow.readings.of_request(request.id)
        assert kept == KeptReading(request.id, "hom_electric", "saf_lighting", TOLD)
        assert await uow.readings.of_request(2**70) is None
    async with db.transaction("elsewhere") as uow:
        assert await uow.readings.of_request(request.id) is None


async def test_nobody_rewrites_what_was_said(db: Database) -> None:
    async with db.transaction(HOME) as uow:
        request = await add(uow)
        await uow.readings.keep(KeptReading(request.id, "a", "a", {}))
        with pytest.raises(IntegrityError):
            await uow.readings.keep(KeptReading(request.id, "b", "b", {}))
