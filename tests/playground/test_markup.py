"""MarkdownV2 and ready-made entities, read as the real server reads them."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import MessageEntity


def shapes(entities: list[MessageEntity] | None) -> list[tuple[str, int, int]]:
    return [(one.type, one.offset, one.length) for one in entities or []]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("🏟_🏟 *🏟*_", "🏟🏟 🏟", [("italic", 2, 5), ("bold", 5, 2)]),
        ("_斜 __线___", "斜 线", [("italic", 0, 3), ("underline", 2, 1)]),
        ("~旧~ ||秘密||", "旧 秘密", [("strikethrough", 0, 1), ("spoiler", 2, 2)]),
        (r"a\_b\*c 1\.5", "a_b*c 1.5", []),
        ("`_*` ```\n行\n```", "_* 行", [("code", 0, 2), ("pre", 3, 1)]),
        (">一\n>二\n三", "一\n二\n三", [("blockquote", 0, 4)]),
        (">一\n>二||\n三", "一\n二\n三", [("expandable_blockquote", 0, 3)]),
        (">一\n**>二", "一\n二", [("blockquote", 0, 2), ("blockquote", 2, 1)]),
        ("[看](https://example.com/a\\)b)", "看", [("text_link", 0, 1)]),
        ("[看](不是网址)", "看", []),
    ],
)
async def test_markdown_v2(bot: Bot, source: str, text: str, entities: list) -> None:
    sent = await bot.send_message(1001, source, parse_mode="MarkdownV2")
    assert sent.text == text
    assert shapes(sent.entities) == entities


async def test_markdown_links_and_languages(bot: Bot) -> None:
    sent = await bot.send_message(
        1001, "[看](https://example.com/a\\)b) ```python\n1```", parse_mode="MarkdownV2"
    )
    link, code = sent.entities
    assert (link.url, code.language, sent.text) == ("https://example.com/a)b", "python", "看 1")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1.5 小时", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("好>坏", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("🏟 🏟_abacaba", "Can't find end of Italic entity at byte offset 9"),
        ("🏟 🏟_🏟 🏟__", "Can't find end of Underline entity at byte offset 19"),
        ("🏟 🏟```a ", "Can't find end of PreCode entity at byte offset 9"),
        ("[telegram\\.org](asd", "Can't find end of a URL at byte offset 16"),
        (">*b\n>ld\nld*\nasd", "Can't find end of Bold entity at byte offset 1"),
        ("![👍]", "Custom emoji entity must contain a tg://emoji URL"),
    ],
)
async def test_bad_markdown_is_refused_with_its_place(bot: Bot, source: str, words: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(1001, source, parse_mode="MarkdownV2")
    assert refused.value.message == f"Bad Request: can't parse entities: {words}"


async def test_entities_count_as_far_as_they_make_sense(bot: Bot) -> None:
    given = [
        MessageEntity(type="bold", offset=2, length=2),
        MessageEntity(type="italic", offset=3, length=99),
        MessageEntity(type="bot_command", offset=0, length=2),
        MessageEntity(type="bold", offset=50, length=1),
        MessageEntity(type="text_link", offset=0, length=1, url="example.com"),
    ]
    sent = await bot.send_message(1001, "请看 *星号*", entities=given)
    assert sent.text == "请看 *星号*"
    assert shapes(sent.entities) == [("text_link", 0, 1), ("bold", 2, 2), ("italic", 3, 4)]
    assert sent.entities[0].url == "http://example.com"
    wrong = MessageEntity(type="text_link", offset=0, length=1, url="localhost")
    with pytest.raises(TelegramBadRequest, match="entity URL 'localhost' is invalid: Wrong HTTP URL"):
        await bot.send_message(1001, "x", entities=[wrong])


async def test_an_unknown_parse_mode_is_refused(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(1001, "好", parse_mode="XML")
    assert refused.value.message == "Bad Request: unsupported parse_mode"
