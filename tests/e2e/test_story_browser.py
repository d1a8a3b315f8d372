"""The story as people see it: three phones in Chromium, words typed, buttons clicked, every step looked at.

`LINYING_PICTURES=docs python -m pytest tests/e2e/test_story_browser.py` renews the pictures in docs/.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.house import House
from tests.e2e.phones import Phone, picture
from tests.e2e.test_story_http import HAIRCUT

pytestmark = pytest.mark.browser


async def test_from_a_residents_words_to_a_rating(browser: Browser, own_house: House, tmp_path: Path) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(own_house.page)
    resident, lead, worker = Phone(page, "resident"), Phone(page, "lead"), Phone(page, "worker")

    await resident.say(HAIRCUT)
    await resident.sees("上门理发 · 老有所依")
    await resident.press("明天上午")
    await resident.sees("明天上午")
    await resident.press("提交")
    await resident.sees("互助类")
    await lead.sees("接单后可以看到电话和门牌号")
    await lead.does_not_see("13812345678")
    await picture(page, "playground", tmp_path)

    await lead.press("接单")
    await lead.sees("13812345678")
    await resident.sees("接单了")
    await lead.press("开始")
    await resident.sees("开始办了")
    await lead.press("完成")
    for words in ("1小时", "1人", "跳过"):
        await lead.press(words)
    await resident.press("已解决")
    await resident.press("5 ⭐")
    await resident.press("态度好")
    await worker.say("/stats")
    # The chart follows the numbers; the faces and signs beside messages are pictures too.
    chart = worker.root.locator("img:not([src^='/static'])").last
    await expect(chart).to_have_js_property("complete", True)
    await expect(chart).not_to_have_js_property("naturalWidth", 0)
    await chart.scroll_into_view_if_needed()
    await picture(page, "playground-done", tmp_path)

    await page.set_viewport_size({"width": 390, "height": 844})
    await picture(page, "playground-phone", tmp_path)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert errors == []


async def test_danger_and_the_clock(browser: Browser, own_house: House, tmp_path: Path) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    await page.goto(own_house.page)
    resident, lead, worker = Phone(page, "resident"), Phone(page, "lead"), Phone(page, "worker")
    await resident.say("我家厨房着火了，灭不掉，8号楼2单元501，13812345678")
    await resident.sees("119")
    await lead.sees("8号楼2单元501")
    await worker.sees("8号楼2单元501")
    await picture(page, "playground-emergency", tmp_path)
    await page.get_by_test_id("clock-10m").click()
    await worker.sees("没有人接手")
    await worker.press("我来处理")
    await resident.sees("有人来了")


async def test_bad_news_is_decided_by_people(browser: Browser, own_house: House) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    await page.goto(own_house.page)
    resident, lead, worker = Phone(page, "resident"), Phone(page, "lead"), Phone(page, "worker")
    await resident.say("厨房水龙头关不死一直滴水，3号楼1单元202，13900001111，明天下午")
    await resident.press("提交")
    await lead.press("接单")
    await lead.press("完成")
    for words in ("0.5小时", "1人", "跳过"):
        await lead.press(words)
    await resident.press("没解决")
    await worker.press("同意重开")
    await resident.sees("重新")
