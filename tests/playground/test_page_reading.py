"""What the page does for the reader: new messages, reloads, night and large words, a finger for a mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, InputMediaPhoto
from playwright.async_api import Browser, Page, expect

from tests.chromium import open_browser
from tests.playground.pictures import png

pytestmark = pytest.mark.browser

_NARROW = {"width": 360, "height": 640}

# The worst contrast between words and what lies behind them, as WCAG 2 computes it, with the words.
_WORST_CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const found = numbers(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found;
    }
    return numbers(getComputedStyle(document.documentElement).backgroundColor);
  };
  const contrast = (node) => {
    const tones = [light(numbers(getComputedStyle(node).color)), light(behind(node))];
    return (Math.max(...tones) + 0.05) / (Math.min(...tones) + 0.05);
  };
  const seen = {visibilityProperty: true, opacityProperty: true};
  const speaks = (node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const found = [...document.querySelectorAll("body *")]
    .filter((node) => node.checkVisibility(seen) && !node.disabled && speaks(node))
    .map((node) => [contrast(node), node.textContent.trim()]);
  return found.sort(([a], [b]) => a - b)[0];
}"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as one:
        yield one


async def opened(browser: Browser, url: str, **how: object) -> Page:
    page = await (await browser.new_context(**how)).new_page()
    await page.goto(url)
    await expect(page.get_by_test_id("messages").first).to_have_attribute("aria-busy", "false")
    return page


async def test_a_reload_keeps_what_was_shown_and_what_is_new(
    browser: Browser, playground, bot: Bot, hand
) -> None:
    await hand.post("persons", name="张大爷")
    page = await opened(browser, playground.page_url, viewport=_NARROW)
    resident, lead = page.get_by_test_id("phone-resident"), page.get_by_test_id("phone-lead")
    await resident.get_by_test_id("person-select").select_option(label="张大爷")
    await resident.get_by_test_id("composer").fill("写了一半")
    await page.get_by_test_id("tab-worker").click()
    for number in range(30):
        await bot.send_message(2001, f"任务{number}")
    badge = page.get_by_test_id("tab-lead").locator(".badge")
    await expect(badge).to_have_text("30")
    await page.reload()
    await expect(page.get_by_test_id("phone-worker")).to_be_visible()
    await expect(badge).to_have_text("30")
    await page.get_by_test_id("tab-resident").click()
    await expect(resident.get_by_test_id("composer")).to_have_value("写了一半")
    await expect(resident).to_have_attribute("data-chat", "1002")
    await page.get_by_test_id("tab-lead").click()
    await expect(lead.get_by_text("任务0", exact=True)).to_be_in_viewport()
    await expect(badge).to_have_text("30")
    await lead.get_by_test_id("jump").click()
    await expect(lead.get_by_text("任务29")).to_be_in_viewport()
    await expect(badge).to_be_hidden()


async def test_a_line_parts_the_new_from_the_seen(browser: Browser, playground, bot: Bot) -> None:
    await bot.send_message(2001, "旧的")
    page = await opened(browser, playground.page_url, viewport=_NARROW)
    await page.get_by_test_id("tab-lead").click()
    await page.get_by_test_id("tab-resident").click()
    await bot.send_message(2001, "新的")
    await expect(page.get_by_test_id("tab-lead").locator(".badge")).to_have_text("1")
    await page.get_by_test_id("tab-lead").click()
    line = page.get_by_test_id("phone-lead").get_by_test_id("new-line")
    await expect(line).to_be_visible()
    assert await line.evaluate("node => node.nextElementSibling.innerText.includes('新的')")


async def test_an_album_of_the_bot_is_one_message(browser: Browser, playground, bot: Bot) -> None:
    page = await opened(browser, playground.page_url)
    parts = [InputMediaPhoto(media=BufferedInputFile(png(), f"{n}.png")) for n in range(3)]
    sent = await bot.send_media_group(1001, parts)
    resident = page.get_by_test_id("phone-resident")
    await expect(resident.get_by_test_id("album").get_by_test_id("photo")).to_have_count(3)
    await expect(resident.get_by_test_id("message")).to_have_count(1)
    await bot.delete_message(1001, sent[0].message_id)
    await expect(resident.get_by_test_id("photo")).to_have_count(2)
    await resident.get_by_test_id("photo").first.click()
    await expect(page.get_by_role("dialog", name="看大图")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_by_day_and_by_night(
    browser: Browser, playground, bot: Bot, hand, scheme: str
) -> None:
    await hand.say("我的话 /help")
    html = "<b>好的</b> <a href='https://example.com'>看</a> <code>码</code><blockquote>引</blockquote>"
    await bot.send_message(1001, html, parse_mode="HTML")
    await bot.send_contact(2001, "120", "急救")
    page = await opened(browser, playground.page_url, color_scheme=scheme)
    assert await page.locator("html").get_attribute("data-theme") == scheme
    worst, words = await page.evaluate(_WORST_CONTRAST)
    assert worst >= 4.5, words
    await page.get_by_test_id("preferences").click()
    await page.get_by_label("白天" if scheme == "dark" else "夜里").check()
    await page.reload()
    assert await page.locator("html").get_attribute("data-theme") != scheme


async def test_large_words_fit_a_small_phone(browser: Browser, playground, bot: Bot) -> None:
    await bot.send_message(1001, "请点下面的按钮，或者写一句话告诉我。")
    page = await opened(browser, playground.page_url, viewport=_NARROW)
    words = page.get_by_test_id("message-text").first
    before = await words.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    await page.get_by_test_id("preferences").click()
    await page.get_by_label("特大").check()
    await page.get_by_role("button", name="好了").click()
    assert await words.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") > before * 1.3
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for part in ("composer", "record", "preferences"):
        await expect(page.get_by_test_id(part).first).to_be_in_viewport(ratio=1)


async def test_a_long_press_opens_the_menu(browser: Browser, playground, bot: Bot) -> None:
    await bot.send_message(1001, "按住我")
    page = await opened(browser, playground.page_url, viewport=_NARROW, has_touch=True)
    box = await page.get_by_test_id("message").first.locator(".bubble").bounding_box()
    point = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
    fingers = await page.context.new_cdp_session(page)
    await fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point})
    await expect(page.get_by_test_id("menu-reply")).to_be_visible()
    await fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await page.get_by_test_id("menu-reply").tap()
    await expect(page.get_by_test_id("reference").first).to_contain_text("按住我")


async def test_the_clock_goes_to_the_next_morning(browser: Browser, playground) -> None:
    page = await opened(browser, playground.page_url)
    await page.get_by_test_id("clock-morning").click()
    await expect(page.get_by_test_id("clock-now")).to_contain_text("09:00")
    assert 9 * 3600 <= playground.world.clock.offset <= 33 * 3600


async def test_an_invite_link_opens_on_the_chosen_phone(browser: Browser, playground, bot: Bot) -> None:
    await bot.send_message(3001, "邀请链接：https://t.me/linying_playground_bot?start=lead_abc")
    page = await opened(browser, playground.page_url)
    await page.get_by_test_id("phone-worker").locator(".deep-link").click()
    await page.get_by_test_id("open-as-2001").click()
    await expect(page.get_by_test_id("phone-lead").get_by_test_id("message")).to_contain_text(
        "/start lead_abc"
    )
