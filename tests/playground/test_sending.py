"""What the bot sends, and the real server's words when it may not."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.methods import SendDice, SendMessage
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from aiohttp import ClientSession

from tests.playground.pictures import png


def keyboard(*buttons: tuple[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)] for text, data in buttons]
    )


async def test_html_becomes_entities_in_utf16_units(bot: Bot) -> None:
    html = '😀<b>上门<i>理发</i></b> <a href="https://example.com/?a=1&amp;b=2">看</a> &lt;好&gt; 13812345678'
    sent = await bot.send_message(1001, html, parse_mode="HTML")
    assert sent.text == "😀上门理发 看 <好> 13812345678"
    assert sent.entities[2].url == "https://example.com/?a=1&b=2"
    assert [(one.type, one.offset, one.length) for one in sent.entities] == [
        ("bold", 2, 4),
        ("italic", 4, 2),
        ("text_link", 7, 1),
        ("phone_number", 13, 11),
    ]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>开头", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>开</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("8 < 9", 'Unsupported start tag "" at byte offset 2'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("完了</b>", "Unexpected end tag at byte offset 6"),
        ("<b", "Unclosed start tag at byte offset 0"),
    ],
)
async def test_bad_html_is_refused_with_its_place(bot: Bot, html: str, words: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(1001, html, parse_mode="HTML")
    assert refused.value.message == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "长" * 4097}, "message is too long"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "好", "chat_id": 424242}, "chat not found"),
        ({"text": "好", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "好", "reply_markup": keyboard(("按", "居" * 22))}, "BUTTON_DATA_INVALID"),
        ({"text": "好", "reply_markup": keyboard(*[("按", "a")] * 101)}, "reply markup is too long"),
        ({"text": "好", "reply_to_message_id": 1}, "message to be replied not found"),
    ],
)
async def test_messages_beyond_the_limits_are_refused(bot: Bot, fields: dict, words: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot(SendMessage(**{"chat_id": 1001, **fields}))
    assert refused.value.message == f"Bad Request: {words}"


async def test_the_limits_themselves_are_allowed(bot: Bot) -> None:
    markup = keyboard(*[("按", "x" * 64)] * 100)
    sent = await bot.send_message(1001, "<b>" + "长" * 4096 + "</b>", parse_mode="HTML", reply_markup=markup)
    assert len(sent.text) == 4096
    assert len(sent.reply_markup.inline_keyboard) == 100


async def test_editing(bot: Bot, hand) -> None:
    sent = await bot.send_message(1001, "一", reply_markup=keyboard(("提交", "ok")))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text(
            "一", chat_id=1001, message_id=sent.message_id, reply_markup=sent.reply_markup
        )
    edited = await bot.edit_message_text("二", chat_id=1001, message_id=sent.message_id)
    assert (edited.text, edited.reply_markup) == ("二", None)
    await bot.edit_message_reply_markup(
        chat_id=1001, message_id=sent.message_id, reply_markup=keyboard(("完成", "done"))
    )
    said = await hand.say("我的话")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("三", chat_id=1001, message_id=said["messages"][0]["message_id"])
    assert await bot.delete_message(1001, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(1001, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("三", chat_id=1001, message_id=sent.message_id)
    [entry, _] = (await hand.get("transcript/1001"))["entries"]
    assert entry["deleted"]
    assert [one.get("text") for one in entry["earlier"]] == ["一", "二"]


async def test_buttons_by_words_by_data_old_and_forged(bot: Bot, hand) -> None:
    sent = await bot.send_message(1001, "确认吗", reply_markup=keyboard(("提交", "ok:1"), ("取消", "no:1")))
    await bot.edit_message_text("已提交", chat_id=1001, message_id=sent.message_id)
    await hand.post("press", expect=400, **{"from": 1001, "text": "提交"})
    await hand.post("press", **{"from": 1001, "text": "提交", "message_id": sent.message_id})
    await hand.post("forge", **{"from": 1001, "data": "admin:all"})
    old, forged = [one.callback_query for one in await bot.get_updates()]
    assert (old.data, old.message.text, forged.data) == ("ok:1", "已提交", "admin:all")
    assert await bot.answer_callback_query(old.id, text="好的", show_alert=True)
    [answer] = (await hand.get("transcript/1001"))["answers"]
    assert (answer["text"], answer["show_alert"], answer["person"]) == ("好的", True, 1001)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query("12345")


async def test_a_pressed_button_can_be_answered_for_150_seconds(bot: Bot, hand) -> None:
    await bot.send_message(1001, "确认吗", reply_markup=keyboard(("提交", "ok")))
    for seconds in (140, 160):
        pressed = await hand.post("press", **{"from": 1001, "text": "提交"})
        await hand.post("clock", add=seconds)
        query = pressed["callback_query_id"]
        if seconds < 150:
            assert await bot.answer_callback_query(query)
            continue
        with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
            await bot.answer_callback_query(query)


async def test_a_button_of_a_deleted_message_has_no_content(bot: Bot, hand) -> None:
    sent = await bot.send_message(1001, "选一个", reply_markup=keyboard(("行", "y")))
    await bot.delete_message(1001, sent.message_id)
    await hand.post("press", **{"from": 1001, "data": "y", "message_id": sent.message_id})
    [update] = await bot.get_updates()
    assert update.callback_query.message.date == 0


async def test_reply_keyboards_and_contacts(bot: Bot, hand) -> None:
    rows = [[KeyboardButton(text="我的事"), KeyboardButton(text="留电话", request_contact=True)]]
    await bot.send_message(
        1001, "请选", reply_markup=ReplyKeyboardMarkup(keyboard=rows, one_time_keyboard=True)
    )
    await hand.post("press", **{"from": 1001, "text": "留电话"})
    [update] = await bot.get_updates()
    assert update.message.contact.user_id == 1001
    assert (await hand.get("transcript/1001"))["keyboard"] is None


async def test_files_go_up_come_back_and_are_sent_again_by_id(bot: Bot, hand) -> None:
    picture = png(64, 48)
    sent = await bot.send_photo(
        1001, BufferedInputFile(picture, "漏水.png"), caption="<b>看</b>", parse_mode="HTML"
    )
    assert (sent.photo[-1].width, sent.photo[-1].height, sent.caption) == (64, 48, "看")
    assert (await bot.download(sent.photo[-1].file_id)).read() == picture
    assert (await bot.send_photo(2001, sent.photo[-1].file_id)).photo[-1].file_unique_id == (
        sent.photo[-1].file_unique_id
    )
    document = await bot.send_document(1001, BufferedInputFile(b"a,b\n1,2\n", "台账.csv"))
    assert document.document.file_name == "台账.csv"
    voice = await bot.send_voice(1001, BufferedInputFile(b"OggS", "v.ogg"), duration=7)
    assert voice.voice.duration == 7
    album = await bot.send_media_group(
        1001,
        [InputMediaPhoto(media=BufferedInputFile(png(), f"{n}.png"), caption=f"第{n}张") for n in (1, 2)],
    )
    assert [one.caption for one in album] == ["第1张", "第2张"]
    copied = await bot.copy_message(2001, 1001, sent.message_id)
    forwarded = await bot.forward_message(3001, 1001, sent.message_id)
    assert copied.message_id != forwarded.message_id
    assert forwarded.forward_origin.sender_user.is_bot


async def test_wrong_files(bot: Bot, hand) -> None:
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(1001, BufferedInputFile(b"no picture", "a.png"))
    with pytest.raises(TelegramBadRequest, match="wrong remote file identifier"):
        await bot.send_document(1001, "AgACAgQAAx")
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(1001, BufferedInputFile(png(), "a.png"), caption="长" * 1025)
    huge = {"name": "huge.zip", "size": 60 * 1024 * 1024}
    said = await hand.post("send", **{"from": 1001, "kind": "document", "file": huge})
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(said["messages"][0]["document"]["file_id"])


async def test_contact_location_action_and_texts_about_the_bot(bot: Bot, hand) -> None:
    assert (await bot.send_contact(1001, "120", "急救")).contact.phone_number == "120"
    assert (await bot.send_location(1001, 31.2, 121.4)).location.latitude == 31.2
    assert await bot.send_chat_action(1001, "typing")
    everybody, worker = (
        [BotCommand(command="my", description="我的事")],
        [BotCommand(command="late", description="超时")],
    )
    await bot.set_my_commands(everybody)
    await bot.set_my_commands(worker, scope=BotCommandScopeChat(chat_id=3001))
    assert await hand.get("commands?person=3001") == [{"command": "late", "description": "超时"}]
    assert await hand.get("commands?person=1001") == [{"command": "my", "description": "我的事"}]
    assert [one.command for one in await bot.get_my_commands()] == ["my"]
    await bot.set_my_description("您好")
    assert (await bot.get_my_description()).description == "您好"
    assert (await bot.get_chat(1001)).first_name == "王奶奶"
    assert (await bot.get_me()).username == "linying_playground_bot"


async def test_who_may_not_be_written_to(bot: Bot, hand) -> None:
    await hand.post("block", **{"from": 1001})
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(1001, "在吗")
    stranger = await hand.post("persons", name="张大爷", started=False)
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger["id"], "您好")
    await hand.say("/start", stranger["id"])
    assert await bot.send_message(stranger["id"], "您好")


async def test_real_limits_when_switched_on(bot: Bot, hand) -> None:
    for _ in range(3):
        await bot.send_message(1001, "快")
    await hand.post("limits", enabled=True)
    await bot.send_message(1001, "一")
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(1001, "二")
    assert refused.value.retry_after == 1
    await bot.send_message(2001, "另一个人")
    await asyncio.sleep(1.05)
    await bot.send_message(1001, "三")
    group = await hand.post("groups", title="群", members=[2001])
    await hand.post("limits", enabled=False)
    await hand.post("limits", enabled=True)
    await asyncio.sleep(1.05)
    for _ in range(20):
        await bot.send_message(group["id"], "群里")
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(group["id"], "第二十一条")
    assert 50 <= refused.value.retry_after <= 60


async def test_wrong_token_method_and_form(bot: Bot, playground, http: ClientSession) -> None:
    async def ask(path: str, **data: str) -> tuple[int, str]:
        async with http.post(f"{playground.api_base}/{path}", data=data) as response:
            return response.status, (await response.json())["description"]

    assert await ask("bot1:wrong/getMe") == (401, "Unauthorized")
    assert await ask(f"bot{playground.token}/doMagic") == (404, "Not Found: method not found")
    assert await ask(f"bot{playground.token}/sendMessage", chat_id="1001") == (
        400,
        "Bad Request: message text is empty",
    )
    assert await ask(f"bot{playground.token}/SENDMESSAGE", text="好") == (
        400,
        "Bad Request: chat_id is empty",
    )
    status, words = await ask(
        f"bot{playground.token}/sendMessage", chat_id="1001", text="好", reply_markup="{broken"
    )
    assert (status, words) == (400, "Bad Request: can't parse reply keyboard markup JSON object")
    with pytest.raises(TelegramBadRequest, match="sendDice is not available in the playground"):
        await bot(SendDice(chat_id=1001))
