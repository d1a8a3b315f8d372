"""One running program for all stories of a module; each story brings its own residents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.chromium import open_browser
from tests.e2e.house import House, running


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, trained_model: Path) -> AsyncIterator[House]:
    """The program as a newcomer starts it: no settings, the playground, SQLite."""
    async with running(tmp_path_factory.mktemp("house") / "data", trained_model) as one:
        yield one


@pytest.fixture
async def own_house(tmp_path: Path, trained_model: Path) -> AsyncIterator[House]:
    """A program of one test alone, so that the page shows one story."""
    async with running(tmp_path / "data", trained_model) as one:
        yield one


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium."""
    async with open_browser() as one:
        yield one
