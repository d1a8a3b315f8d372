"""The page in Chromium: one short story with a real aiogram bot on the other side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from playwright.async_api import Browser, expect

from tests.chromium import open_browser

pytestmark = pytest.mark.browser


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as one:
        yield one


def echo_dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def on_message(message: Message) -> None:
        markup = InlineKeyboardMarkup(
            inline_keyboard=[[InlineKeyboardButton(text="提交", callback_data="ok")]]
        )
        await message.answer(f"您说：<b>{message.html_text}</b>", parse_mode="HTML", reply_markup=markup)

    @dispatcher.callback_query()
    async def on_button(query: CallbackQuery) -> None:
        await query.answer("记下了")
        await query.message.edit_text("已提交")
        await query.bot.send_message(2001, "有新任务")

    return dispatcher


async def test_one_story_on_three_phones(browser: Browser, bot: Bot, playground) -> None:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(playground.page_url)
    resident, lead = page.get_by_test_id("phone-resident"), page.get_by_test_id("phone-lead")
    await expect(resident.get_by_test_id("strip")).to_contain_text("机器人还没启动…")
    dispatcher = echo_dispatcher()
    echo = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
    try:
        await expect(page.get_by_test_id("bot-state")).to_have_text("机器人在线")
        box = resident.get_by_test_id("composer")
        await box.fill("楼道灯 <坏了>")
        await box.press("Shift+Enter")
        await box.press("Enter")
        answer = resident.get_by_test_id("message").last
        await expect(answer.locator("strong")).to_have_text("楼道灯 <坏了>")
        await answer.get_by_role("button", name="提交").click()
        await expect(resident.get_by_test_id("toasts")).to_have_text("记下了")
        await expect(answer.get_by_test_id("message-text")).to_have_text("已提交")
        await expect(lead.get_by_test_id("message-text")).to_have_text("有新任务")
        await page.get_by_test_id("clock-1d").click()
        await expect(page.locator("#clock-shift")).to_have_text("比现在快 1天")
        await narrow_screen(page, resident, lead)
    finally:
        await dispatcher.stop_polling()
        await echo
    assert errors == []


async def narrow_screen(page, resident, lead) -> None:
    """One phone at a time; the draft stays; what happens elsewhere is counted."""
    await page.set_viewport_size({"width": 320, "height": 640})
    await resident.get_by_test_id("composer").fill("写了一半")
    await page.get_by_test_id("tab-worker").click()
    await expect(resident).to_be_hidden()
    await page.get_by_test_id("phone-worker").get_by_test_id("composer").fill("在")
    await page.get_by_test_id("phone-worker").get_by_test_id("send").click()
    await page.get_by_test_id("phone-worker").get_by_role("button", name="提交").click()
    await expect(page.get_by_test_id("tab-lead").locator(".badge")).to_have_text("1")
    await page.get_by_test_id("tab-lead").click()
    await expect(page.get_by_test_id("tab-lead").locator(".badge")).to_be_hidden()
    await expect(lead.get_by_test_id("message")).to_have_count(2)
    await page.get_by_test_id("tab-resident").click()
    await expect(resident.get_by_test_id("composer")).to_have_value("写了一半")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
