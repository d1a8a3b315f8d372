"""What most tests of storage start from."""

from __future__ import annotations

import pytest

from casework.entities import Organisation, Request
from storage.database import Database
from tests.storage.things import HOME, add, an_organisation


@pytest.fixture
async def stored(db: Database) -> tuple[Request, Organisation]:
    """One request and one organisation, committed."""
    async with db.transaction(HOME) as uow:
        request = await add(uow)
        organisation = await uow.organisations.save(an_organisation())
        await uow.commit()
    return request, organisation
