"""The page as people use it: phones in Chromium, and pictures of them."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.e2e.house import ROOT

expect.set_options(timeout=30_000)


async def picture(page: Page, name: str, tmp_path: Path) -> None:
    """A screenshot: into the documentation when it is to be renewed, else beside the test."""
    folder = os.environ.get("LINYING_PICTURES")
    target = ROOT / folder / f"{name}.png" if folder else tmp_path / f"{name}.png"
    # Bubbles glide in; a picture of the movement shows nothing.
    await page.wait_for_timeout(600)
    await page.screenshot(path=target)
    assert target.stat().st_size > 10_000


class Phone:
    """One of the three phones on the page."""

    def __init__(self, page: Page, role: str) -> None:
        self.root = page.get_by_test_id(f"phone-{role}")

    async def say(self, words: str) -> None:
        await self.root.get_by_test_id("composer").fill(words)
        await self.root.get_by_test_id("send").click()

    async def press(self, words: str) -> None:
        await self.root.get_by_role("button", name=words, exact=True).last.click()

    async def sees(self, words: str) -> Locator:
        message = self.root.get_by_test_id("message").filter(has_text=words).last
        await expect(message).to_be_visible()
        return message

    async def does_not_see(self, words: str) -> None:
        await expect(self.root.get_by_test_id("message").filter(has_text=words)).to_have_count(0)

    async def somebody_new(self, name: str) -> None:
        """Hand the phone to a person who was not here before."""
        await self.root.get_by_test_id("more").click()
        await self.root.get_by_test_id("new-person").click()
        await self.root.page.get_by_test_id("person-name").fill(name)
        await self.root.page.get_by_test_id("person-add").click()
        await expect(self.root.get_by_test_id("person-select").locator("option:checked")).to_contain_text(
            name
        )

    async def hand_to(self, name: str) -> None:
        """Hand the phone to a person who was here before."""
        choice = self.root.get_by_test_id("person-select")
        value = await choice.locator("option", has_text=name).first.get_attribute("value")
        await choice.select_option(value=value)
