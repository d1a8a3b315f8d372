"""Use cases run on both databases."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.casework.world import World, make_world


@pytest.fixture
async def world(db: Database) -> World:
    """A fresh small community."""
    return await make_world(db)
