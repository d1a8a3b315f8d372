"""Two neighbours and one lamp, in Chromium: followed, late, carried up, fixed, disbelieved, done again."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.house import House
from tests.e2e.phones import Phone, picture

pytestmark = pytest.mark.browser

LAMP = "丰和家园3号楼门口的路灯坏了，晚上黑得很，电话13900002201"
SAME_LAMP = "丰和家园3号楼门口路灯不亮了好几天了，13900002202"


#: Seven working days and half of that again fit into so many days, whatever holidays lie between.
MOST_DAYS = 40


async def days_until(page: Page, phone: Phone, words: str) -> None:
    """Move the program's clock by days, as the button at the top does, until the phone shows the words."""
    shown = phone.root.get_by_test_id("message").filter(has_text=words)
    for _ in range(MOST_DAYS):
        before = await page.get_by_test_id("clock-now").inner_text()
        await page.get_by_test_id("clock-1d").click()
        await expect(page.get_by_test_id("clock-now")).not_to_have_text(before)
        with suppress(AssertionError):
            await expect(shown.last).to_be_visible(timeout=3_000)
            return
    raise AssertionError(f"{MOST_DAYS} days and nobody said {words}")


async def test_two_neighbours_and_one_lamp(browser: Browser, own_house: House, tmp_path: Path) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    await page.goto(own_house.page)
    resident, lead, worker = Phone(page, "resident"), Phone(page, "lead"), Phone(page, "worker")

    await resident.somebody_new("周大爷")
    await resident.say(LAMP)
    await resident.press("提交")
    receipt = await (await resident.sees("帮您记下了")).inner_text()
    number = re.search(r"\d{8}-\d{4}", receipt)
    assert number
    await resident.somebody_new("何阿姨")
    await resident.say(SAME_LAMP)
    await resident.press("提交")
    asked = await resident.sees("是不是这件事")
    await expect(asked).to_contain_text("已有 1 位邻居反映")
    await expect(asked).not_to_contain_text("13900002201")
    await resident.press("是，跟着它")
    await resident.sees("有 2 位邻居反映")

    await lead.press("接单")
    await page.get_by_test_id("clock-morning").click()
    await resident.sees("接了")
    await days_until(page, lead, "时间过了一半")
    await days_until(page, worker, "超时了")
    await lead.sees("已经过了")
    await resident.hand_to("周大爷")
    await resident.sees("对不起")
    await resident.hand_to("何阿姨")
    await days_until(page, worker, "记进了问题台账：超过了答应的时间")

    await lead.press("完成")
    for words in ("1小时", "1人", "跳过"):
        await lead.press(words)
    await resident.sees("您那边好了没有")
    await resident.hand_to("周大爷")
    await resident.press("已解决")
    await resident.hand_to("何阿姨")
    await resident.press("也没解决")
    await resident.sees("社工正在看")
    await worker.press("同意重开")
    await resident.hand_to("周大爷")
    await resident.sees("重新")

    await worker.say("/ledger")
    await worker.sees("需求台账")
    await worker.press("📕 问题台账")
    ledger = await worker.sees(number.group())
    await expect(ledger).to_contain_text("超过了答应的时间")
    await picture(page, "playground-ledger", tmp_path)
