"""Finds Chromium for the browser tests. Without it they are skipped; in CI that is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """The path of the browser."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    if not found and os.environ.get("CI"):
        pytest.fail("CI must have Chromium for the browser tests")
    if not found:
        pytest.skip("no Chromium on this machine: install it to run the browser tests")
    return found


@asynccontextmanager
async def open_browser(*more: str) -> AsyncIterator[Browser]:
    """A headless browser with `more` flags; the tests' pages are local, so no sandbox is needed."""
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", *more]
        )
        yield browser
        await browser.close()
