"""Persons correct, take back and pass on messages; albums and films on their way through the bot."""

from __future__ import annotations

import base64

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, InputMediaPhoto, InputMediaVideo

from tests.playground.pictures import png

PICTURE = {"name": "a.png", "mime": "image/png", "base64": base64.b64encode(png()).decode()}
FILM = {"name": "漏水.mp4", "mime": "video/mp4", "base64": base64.b64encode(b"film").decode()}


async def test_a_corrected_message_is_told_once_and_not_for_nothing(bot: Bot, hand) -> None:
    said = await hand.say("3号楼")
    wish = {"from": 1001, "message_id": said["messages"][0]["message_id"]}
    await hand.post("edit", **wish, text="3号楼")
    await hand.post("edit", **wish, text="5号楼 /help")
    first, second = await bot.get_updates()
    assert first.message.text == "3号楼"
    assert (second.edited_message.text, second.edited_message.entities[0].type) == (
        "5号楼 /help",
        "bot_command",
    )
    assert second.edited_message.edit_date
    await hand.post("edit", expect=400, **wish, text="  ")


async def test_captions_can_be_corrected_and_old_or_foreign_messages_not(bot: Bot, hand) -> None:
    said = await hand.post("send", **{"from": 1001, "kind": "photo", "file": PICTURE, "text": "厨房"})
    wish = {"from": 1001, "message_id": said["messages"][0]["message_id"]}
    edited = await hand.post("edit", **wish, text="浴室")
    assert edited["messages"][0]["caption"] == "浴室"
    assert edited["messages"][0]["photo"] == said["messages"][0]["photo"]
    place = await hand.post("send", **{"from": 1001, "kind": "location"})
    await hand.post(
        "edit", expect=400, **{**wish, "message_id": place["messages"][0]["message_id"], "text": "这里"}
    )
    sent = await bot.send_message(1001, "机器人的话")
    await hand.post("edit", expect=400, **{**wish, "message_id": sent.message_id, "text": "假话"})
    await hand.post("clock", add=49 * 3600)
    await hand.post("edit", expect=400, **wish, text="阳台")


async def test_a_message_taken_back_is_gone_and_the_bot_is_not_told(bot: Bot, hand) -> None:
    said = await hand.say("说错了")
    await hand.post("delete", **{"from": 1001, "message_id": said["messages"][0]["message_id"]})
    assert await hand.texts(1001) == []
    assert [one.event_type for one in await bot.get_updates()] == ["message"]


async def test_forwarding_keeps_whose_words_they_were(bot: Bot, hand) -> None:
    group = await hand.post("groups", title="邻居群", members=[1001, 2001], sees_all=True)
    said = await hand.say("楼道灯坏了", 2001, chat=group["id"])
    ids = [said["messages"][0]["message_id"]]
    await hand.post("forward", **{"from": 1001, "from_chat": group["id"], "message_ids": ids, "chat": 1001})
    last = (await bot.get_updates())[-1].message
    assert (last.text, last.chat.id, last.from_user.id) == ("楼道灯坏了", 1001, 1001)
    assert last.forward_origin.sender_user.first_name == "李师傅"
    await hand.post("edit", expect=400, **{"from": 1001, "message_id": last.message_id, "text": "不是我说的"})
    await hand.post("forward", expect=400, **{"from": 3001, "from_chat": 1001, "message_ids": ids})


async def test_an_album_of_pictures_and_films_is_several_updates_of_one_group(bot: Bot, hand) -> None:
    album = {"from": 1001, "kind": "album", "files": [PICTURE, FILM, PICTURE], "text": "都在这里"}
    said = await hand.post("send", **album)
    messages = [one.message for one in await bot.get_updates()]
    assert [one.content_type for one in messages] == ["photo", "video", "photo"]
    assert len({one.media_group_id for one in messages}) == 1
    assert [one.caption for one in messages] == ["都在这里", None, None]
    ids = [one["message_id"] for one in said["messages"]]
    again = await hand.post("forward", **{"from": 1001, "message_ids": ids})
    [group] = {one["media_group_id"] for one in again["messages"]}
    assert group != messages[0].media_group_id


@pytest.mark.parametrize(
    ("method", "kind"), [("send_video", "video"), ("send_audio", "audio"), ("send_video_note", "video_note")]
)
async def test_films_and_sounds_are_passed_on_by_their_id(bot: Bot, hand, method: str, kind: str) -> None:
    await hand.post("send", **{"from": 1001, "kind": kind, "file": FILM, "duration": 8})
    [update] = await bot.get_updates()
    received = getattr(update.message, kind)
    assert received.duration == 8
    sent = await getattr(bot, method)(2001, received.file_id)
    assert getattr(sent, kind).file_unique_id == received.file_unique_id
    assert (await bot.download(getattr(sent, kind).file_id)).read() == b"film"


async def test_the_bot_sends_an_album_of_both_kinds(bot: Bot) -> None:
    film = BufferedInputFile(b"film", "a.mp4")
    album = await bot.send_media_group(
        1001, [InputMediaPhoto(media=BufferedInputFile(png(), "a.png")), InputMediaVideo(media=film)]
    )
    assert [one.content_type for one in album] == ["photo", "video"]
    assert len({one.media_group_id for one in album}) == 1
