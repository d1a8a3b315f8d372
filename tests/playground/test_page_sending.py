"""What one can send from the page, seen by a real aiogram bot: voice, albums, files, corrections, answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, ForceReply, KeyboardButton, Message, ReplyKeyboardMarkup, Update
from playwright.async_api import Locator, Page, expect

from bot.playground.server import Playground
from tests.chromium import open_browser
from tests.playground.pictures import png

pytestmark = pytest.mark.browser

_MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture
async def page(playground) -> AsyncIterator[Page]:
    """The page with a microphone that hums, on a wide screen; no error may be left in its log."""
    async with open_browser(*_MICROPHONE) as browser:
        context = await browser.new_context(
            viewport={"width": 1280, "height": 800}, permissions=["microphone", "clipboard-write"]
        )
        one = await context.new_page()
        errors: list[str] = []
        one.on("pageerror", lambda error: errors.append(str(error)))
        await one.goto(playground.page_url)
        await expect(one.get_by_test_id("begin").first).to_be_visible()
        yield one
        assert errors == []


@pytest.fixture
def resident(page: Page) -> Locator:
    return page.get_by_test_id("phone-resident")


class Ear:
    """What the bot hears, in order."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._offset = 0

    async def updates(self, count: int) -> list[Update]:
        """The next `count` updates."""
        found: list[Update] = []
        for _ in range(40):
            fresh = await self._bot.get_updates(offset=self._offset, timeout=1)
            found += fresh
            self._offset = fresh[-1].update_id + 1 if fresh else self._offset
            if len(found) >= count:
                return found
        raise AssertionError(f"{len(found)} of {count} updates")

    async def message(self) -> Message:
        [update] = await self.updates(1)
        assert update.message
        return update.message


@pytest.fixture
def ear(bot: Bot) -> Ear:
    return Ear(bot)


async def attach(page: Page, phone: Locator, kind: str, *files: dict) -> None:
    await phone.get_by_test_id("attach").click()
    async with page.expect_file_chooser() as chooser:
        await phone.get_by_test_id(f"attach-{kind}").click()
    await (await chooser.value).set_files(list(files))


def picture(name: str) -> dict:
    return {"name": name, "mimeType": "image/png", "buffer": png(60, 40)}


async def open_menu(phone: Locator, words: str) -> None:
    await phone.get_by_test_id("message").filter(has_text=words).last.click(button="right")


async def test_a_voice_message_is_recorded(resident: Locator, ear: Ear) -> None:
    await resident.get_by_test_id("record").click()
    await expect(resident.get_by_test_id("recording-time")).to_have_text("0:01")
    await expect(resident.get_by_test_id("composer")).to_be_hidden()
    await resident.get_by_test_id("recording-send").click()
    message = await ear.message()
    assert message.voice.duration >= 1
    assert message.voice.file_size > 100
    assert message.voice.mime_type.startswith("audio/")
    await expect(resident.get_by_test_id("sound")).to_contain_text("语音")
    await resident.get_by_test_id("record").click()
    await resident.get_by_test_id("recording-drop").click()
    await expect(resident.get_by_test_id("composer")).to_be_visible()
    await expect(resident.get_by_test_id("message")).to_have_count(1)


async def test_without_a_microphone_a_sound_file_is_chosen(page: Page, resident: Locator, ear: Ear) -> None:
    await page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')); }"
    )
    await resident.get_by_test_id("record").click()
    async with page.expect_file_chooser() as chooser:
        await resident.get_by_test_id("attach-voice").click()
    await (await chooser.value).set_files({"name": "a.ogg", "mimeType": "audio/ogg", "buffer": b"OggS"})
    assert (await ear.message()).voice.mime_type == "audio/ogg"


async def test_several_pictures_are_one_album(page: Page, resident: Locator, ear: Ear) -> None:
    await attach(page, resident, "photo", *[picture(f"{n}.png") for n in range(4)])
    tray = resident.get_by_test_id("tray")
    await tray.get_by_role("button", name="不发 2.png").click()
    await expect(tray.locator("figure")).to_have_count(3)
    await resident.get_by_test_id("composer").fill("厨房")
    await resident.get_by_test_id("send").click()
    messages = [update.message for update in await ear.updates(3)]
    assert [one.caption for one in messages] == ["厨房", None, None]
    assert len({one.media_group_id for one in messages}) == 1
    bubble = resident.get_by_test_id("message")
    await expect(bubble).to_have_count(1)
    await expect(bubble.get_by_test_id("photo")).to_have_count(3)
    await expect(tray).to_be_hidden()
    await page.reload()
    await expect(bubble.get_by_test_id("photo")).to_have_count(3)


async def test_documents_films_and_one_picture(page: Page, resident: Locator, ear: Ear) -> None:
    await attach(page, resident, "file", {"name": "名单.xlsx", "mimeType": "", "buffer": b"PK"})
    await resident.get_by_test_id("send").click()
    assert (await ear.message()).document.file_name == "名单.xlsx"
    link = resident.get_by_test_id("document")
    async with page.expect_download() as download:
        await link.click()
    assert (await download.value).suggested_filename == "名单.xlsx"
    film = {"name": "漏水.mp4", "mimeType": "video/mp4", "buffer": b"film"}
    await attach(page, resident, "photo", film)
    await resident.get_by_test_id("send").click()
    assert (await ear.message()).video.file_name == "漏水.mp4"


async def test_one_corrects_ones_own_words(page: Page, resident: Locator, ear: Ear) -> None:
    box = resident.get_by_test_id("composer")
    await box.fill("3号楼")
    await box.press("Enter")
    await ear.message()
    await open_menu(resident, "3号楼")
    await resident.get_by_test_id("menu-edit").click()
    await expect(box).to_have_value("3号楼")
    await box.fill("5号楼")
    await box.press("Enter")
    [update] = await ear.updates(1)
    assert update.edited_message.text == "5号楼"
    await expect(resident.get_by_test_id("message").last).to_contain_text("已修改")
    await box.press("ArrowUp")
    await expect(resident.get_by_test_id("reference")).to_contain_text("修改")
    await box.press("Escape")
    await expect(box).to_have_value("")


async def test_one_answers_forwards_and_takes_back(resident: Locator, bot: Bot, ear: Ear) -> None:
    asked = await bot.send_message(1001, "哪一栋楼？", reply_markup=ForceReply())
    await expect(resident.get_by_test_id("reference")).to_contain_text("哪一栋楼")
    await resident.get_by_test_id("composer").fill("8号楼")
    await resident.get_by_test_id("send").click()
    assert (await ear.message()).reply_to_message.message_id == asked.message_id
    await resident.get_by_test_id("message").first.click(button="right")
    await resident.get_by_test_id("menu-forward").click()
    await resident.get_by_test_id("forward-bot").click()
    assert (await ear.message()).forward_origin.sender_user.is_bot
    await expect(resident.get_by_test_id("message")).to_have_count(3)
    await resident.get_by_test_id("message").last.click(button="right")
    await resident.get_by_test_id("menu-delete").click()
    await expect(resident.get_by_test_id("message")).to_have_count(2)


async def test_the_menu_opens_by_keyboard(page: Page, resident: Locator, bot: Bot) -> None:
    await bot.send_message(1001, "第一条")
    await bot.send_message(1001, "第二条")
    await expect(resident.get_by_test_id("message")).to_have_count(2)
    await resident.get_by_test_id("messages").focus()
    for key in ("ArrowUp", "ArrowUp", "Enter", "ArrowUp", "ArrowDown", "Enter"):
        await page.keyboard.press(key)
    await expect(resident.get_by_test_id("reference")).to_contain_text("第一条")
    await expect(resident.get_by_test_id("composer")).to_be_focused()


async def test_a_phone_number_is_given_away_only_after_a_question(
    resident: Locator, bot: Bot, ear: Ear
) -> None:
    rows = [[KeyboardButton(text="留电话", request_contact=True)]]
    await bot.send_message(1001, "请留电话", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    await resident.get_by_test_id("reply-button").click()
    await resident.get_by_test_id("ask-no").click()
    await resident.get_by_test_id("reply-button").click()
    await resident.get_by_test_id("ask-yes").click()
    assert (await ear.message()).contact.phone_number == "13812345678"


async def test_stickers_and_places(resident: Locator, ear: Ear) -> None:
    await resident.get_by_test_id("attach").click()
    await resident.get_by_test_id("attach-sticker").click()
    await resident.get_by_test_id("sticker").first.click()
    assert (await ear.message()).sticker.emoji == "👍"
    await resident.get_by_test_id("attach").click()
    await resident.get_by_test_id("attach-location").click()
    await resident.get_by_test_id("place-sample").click()
    assert (await ear.message()).location.latitude == pytest.approx(31.2304)


async def test_a_slash_shows_the_commands(page: Page, resident: Locator, bot: Bot, ear: Ear) -> None:
    await bot.set_my_commands(
        [BotCommand(command="my", description="我的事"), BotCommand(command="menu", description="服务")]
    )
    box = resident.get_by_test_id("composer")
    await expect(resident.get_by_test_id("chips")).to_contain_text("我的事")
    await box.fill("/m")
    await expect(resident.get_by_test_id("hint")).to_have_count(2)
    await box.fill("/me")
    await box.press("ArrowDown")
    await page.keyboard.press("Enter")
    assert (await ear.message()).text == "/menu"
    await expect(resident.get_by_test_id("hints")).to_be_hidden()
    await expect(box).to_have_value("")


async def test_the_server_goes_and_comes_back(resident: Locator, playground) -> None:
    port = urlsplit(playground.page_url).port
    await playground.stop()
    await expect(resident.get_by_test_id("strip")).to_contain_text("正在重新连接")
    box = resident.get_by_test_id("composer")
    await box.fill("在吗")
    await box.press("Enter")
    await expect(resident.get_by_test_id("toasts")).to_contain_text("演示台没有回应")
    await expect(box).to_have_value("在吗")
    again = Playground()
    await again.start(port=port)
    try:
        await expect(resident.get_by_test_id("strip")).to_contain_text("还没启动", timeout=20_000)
        await box.press("Enter")
        await expect(resident.get_by_test_id("message-text")).to_have_text("在吗")
    finally:
        await again.stop()
