"""Bot-API HTML to text and entities, as the real server reads it (offsets in UTF-16 units)."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from bot.playground.errors import Json, bad_request
from bot.playground.marked import MarkedReader, broken, utf16_length

_NAMES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_LINK = re.compile(r"(https?|tg|ton)://\S+|mailto:\S+|[\w-]+(\.[\w-]+)+(/\S*)?", re.ASCII)
_REFERENCE = re.compile(r"&(lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")


def checked_link(address: str) -> str | None:
    """The address of a link as the server keeps it; None when it is none."""
    if not _LINK.fullmatch(address):
        return None
    return address if ":" in address else f"http://{address}"


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reader(MarkedReader):
    open_tags: list[_Open] = field(default_factory=list)

    def read(self) -> None:
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "<":
                self._close() if self.source.startswith("</", self.at) else self._begin()
            elif letter == "&" and (found := _REFERENCE.match(self.source, self.at)):
                self._put(html.unescape(found.group()))
                self.at = found.end()
            else:
                self._put(letter)
                self.at += 1
        if self.open_tags:
            raise broken(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].tag}"')

    def _begin(self) -> None:
        name = _TAG_NAME.match(self.source, self.at + 1)
        tag = name.group().lower() if name else ""
        if name is None or name.end() == len(self.source):
            raise broken(f"Unclosed start tag at byte offset {self._byte(self.at)}")
        if tag not in _NAMES:
            raise broken(f'Unsupported start tag "{tag}" at byte offset {self._byte(self.at)}')
        end = self.source.find(">", self.at)
        if end < 0:
            raise broken(f"Unclosed start tag at byte offset {self._byte(self.at)}")
        inside = self.source[self.at + 1 : end]
        attributes = {
            key.lower(): html.unescape(value.strip("\"'"))
            for key, value in _ATTRIBUTE.findall(inside[len(tag) :])
        }
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise broken(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(self.at)}')
        self.open_tags.append(_Open(tag, self.length, attributes))
        self.at = end + 1

    def _close(self) -> None:
        end = self.source.find(">", self.at)
        if end < 0:
            raise broken(f"Unclosed end tag at byte offset {self._byte(self.at)}")
        found = self.source[self.at + 2 : end].strip().lower()
        if not self.open_tags:
            raise broken(f"Unexpected end tag at byte offset {self._byte(self.at)}")
        expected = self.open_tags[-1].tag
        if found and found != expected:
            raise broken(
                f"Unmatched end tag at byte offset {self._byte(self.at)}, "
                f'expected "</{expected}>", found "</{found}>"'
            )
        self._add(self.open_tags.pop())
        self.at = end + 1

    def _add(self, tag: _Open) -> None:
        if self.length == tag.start:
            return
        entity: Json = {"type": _NAMES[tag.tag], "offset": tag.start, "length": self.length - tag.start}
        language = tag.attributes.get("class", "").removeprefix("language-")
        if tag.tag == "code" and language and self.open_tags and self.open_tags[-1].tag == "pre":
            self.open_tags[-1].attributes["language"] = language
            return
        if tag.tag == "pre" and "language" in tag.attributes:
            entity["language"] = tag.attributes["language"]
        if tag.tag == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        if tag.tag == "tg-emoji":
            entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
        if tag.tag == "a":
            link = checked_link(tag.attributes.get("href") or "".join(self.out)[-entity["length"] :])
            if link is None:
                return
            entity["url"] = link
        self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities of Bot-API HTML. Raises ApiError with the real server's words."""
    return _Reader(source).parsed()


_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"，。；！？、（）《》「」]+|(?<![\w@./])t\.me/[A-Za-z0-9_?=/+-]+)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?!\w)"
    r"|(?<![0-9+])(?P<phone_number>1[3-9][0-9]{9})(?![0-9])"
)
_CLOSED = {"code", "pre", "text_link"}
_GIVEN = {*_NAMES.values(), "expandable_blockquote", "text_mention"}


def given_entities(text: str, given: list[Json]) -> list[Json]:
    """What a bot's own entities are worth: kinds that the server finds itself and what lies outside the text
    do not count. Raises ApiError for a link that is none."""
    whole, kept = utf16_length(text), []
    for one in given:
        offset, length = int(one.get("offset", 0)), int(one.get("length", 0))
        if one.get("type") not in _GIVEN or offset < 0 or length <= 0 or offset >= whole:
            continue
        entity = {**one, "offset": offset, "length": min(length, whole - offset)}
        if one["type"] == "text_link":
            entity["url"] = checked_link(str(one.get("url", "")))
            if entity["url"] is None:
                raise bad_request(f"entity URL '{one.get('url', '')}' is invalid: Wrong HTTP URL")
        kept.append(entity)
    return sorted(kept, key=lambda one: (one["offset"], -one["length"]))


def find_entities(text: str, given: list[Json]) -> list[Json]:
    """Entities given, plus the commands, links, mentions and mobile numbers that every message gets."""
    closed = [(one["offset"], one["offset"] + one["length"]) for one in given if one["type"] in _CLOSED]
    found = list(given)
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        end = offset + utf16_length(match.group())
        if match.lastgroup and not any(start < end and offset < stop for start, stop in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": end - offset})
    return sorted(found, key=lambda one: (one["offset"], -one["length"]))


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, entities moved along."""
    left = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    whole = utf16_length(text)
    kept = []
    for one in entities:
        start, end = max(0, one["offset"] - left), min(whole, one["offset"] + one["length"] - left)
        if start < end:
            kept.append({**one, "offset": start, "length": end - start})
    return text, kept
