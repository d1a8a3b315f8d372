"""Bot-API MarkdownV2 to text and entities, as the real server reads it (offsets in UTF-16 units)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.playground.errors import ApiError, Json
from bot.playground.marked import MarkedReader, broken
from bot.playground.markup import checked_link

_MARKS = {
    "*": ("bold", "Bold"),
    "_": ("italic", "Italic"),
    "__": ("underline", "Underline"),
    "~": ("strikethrough", "Strikethrough"),
    "||": ("spoiler", "Spoiler"),
    "`": ("code", "Code"),
    "```": ("pre", "Pre"),
    "[": ("text_link", "TextUrl"),
    "![": ("custom_emoji", "CustomEmoji"),
}
_ENDS = {"[": "]", "![": "]"}
_BY_LENGTH = sorted(_MARKS, key=len, reverse=True)
_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_LANGUAGE = re.compile(r"([^\s`]*)(?=[\s`])")
_QUOTE_END = re.compile(r"\|\|\s*(\n(?!>)|$)")
_NEW_LINE = re.compile(r"\r\n|\n\r|\n|\r")
_EMOJI_ADDRESS = re.compile(r"tg://emoji/?\?(?:[^#]*&)?id=([1-9][0-9]*)", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    at: int
    language: str = ""


@dataclass(slots=True)
class _Reader(MarkedReader):
    open_marks: list[_Open] = field(default_factory=list)
    quote: _Open | None = None

    def read(self) -> None:
        while self.at < len(self.source):
            if not self._code() and self._line_begins() and self._quote_line():
                continue
            self._next()
        if self.open_marks:
            raise self._unended(self.open_marks[-1])
        self._end_quote()

    def _code(self) -> bool:
        return bool(self.open_marks) and self.open_marks[-1].mark in ("`", "```")

    def _next(self) -> None:
        letter, following = self.source[self.at], self.source[self.at + 1 : self.at + 2]
        if letter == "\\" and following and "\x00" < following < "\x7f":
            self._put(following)
            self.at += 2
        elif self.open_marks and self._closes(self.open_marks[-1]):
            self._close(self.open_marks.pop())
        elif self._code() or letter not in _RESERVED:
            self._put(letter)
            self.at += 1
        elif not self._quote_marks():
            self._begin()

    def _unended(self, last: _Open) -> ApiError:
        name = "PreCode" if last.language else _MARKS[last.mark][1]
        return broken(f"Can't find end of {name} entity at byte offset {self._byte(last.at)}")

    # --- quotes are lines that begin with ">"

    def _line_begins(self) -> bool:
        return self.at == 0 or self.source[self.at - 1] in "\r\n"

    def _quote_line(self) -> bool:
        """Whether the line's beginning was taken as one of a quote's."""
        if self.source[self.at] == ">":
            self.quote = self.quote or _Open(">", self.length, self.at)
            self.at += 1
            return True
        if self.quote is not None and self.source[self.at] not in "\r\n":
            self._end_quote()
        return False

    def _quote_marks(self) -> bool:
        """`**` before a quote parts it from another; `||` at its very end makes it one to unfold."""
        if self._line_begins() and self.source.startswith("**>", self.at):
            self.quote = _Open(">", self.length, self.at)
            self.at += 3
            return True
        if self.quote is None or not _QUOTE_END.match(self.source, self.at):
            return False
        self.at += 2
        self._end_quote("expandable_blockquote")
        return True

    def _end_quote(self, kind: str = "blockquote") -> None:
        quote, self.quote = self.quote, None
        if quote is None:
            return
        if self.open_marks and self.open_marks[-1].at > quote.at:
            raise self._unended(self.open_marks[-1])
        if self.length > quote.start:
            self.entities.append({"type": kind, "offset": quote.start, "length": self.length - quote.start})

    # --- marks

    def _closes(self, last: _Open) -> bool:
        end = _ENDS.get(last.mark, last.mark)
        if last.mark == "_" and self.source.startswith("__", self.at):
            return False
        return self.source.startswith(end, self.at)

    def _begin(self) -> None:
        mark = next((one for one in _BY_LENGTH if self.source.startswith(one, self.at)), None)
        if mark is None:
            letter = self.source[self.at]
            raise broken(f"Character '{letter}' is reserved and must be escaped with the preceding '\\'")
        opened = _Open(mark, self.length, self.at)
        self.at += len(mark)
        if mark == "```":
            found = _LANGUAGE.match(self.source, self.at)
            if found and not self.source.startswith("`", found.end()):
                opened.language = found.group(1)
                self.at = found.end()
            if line := _NEW_LINE.match(self.source, self.at):
                self.at = line.end()
        self.open_marks.append(opened)

    def _close(self, last: _Open) -> None:
        self.at += len(_ENDS.get(last.mark, last.mark))
        entity: Json = {
            "type": _MARKS[last.mark][0],
            "offset": last.start,
            "length": self.length - last.start,
        }
        if last.language:
            entity["language"] = last.language
        if last.mark == "[":
            address = self._address("a URL")
            entity["url"] = checked_link(self._written(last) if address is None else address)
            if entity["url"] is None:
                return
        if last.mark == "![":
            found = _EMOJI_ADDRESS.match(self._address("a custom emoji URL") or "")
            if found is None:
                raise broken("Custom emoji entity must contain a tg://emoji URL")
            entity["custom_emoji_id"] = found.group(1)
        if entity["length"]:
            self.entities.append(entity)

    def _written(self, last: _Open) -> str:
        """The words inside a mark: offsets count UTF-16 units, hence the detour."""
        return "".join(self.out).encode("utf-16-le")[last.start * 2 :].decode("utf-16-le")

    def _address(self, name: str) -> str | None:
        """What stands in the brackets that follow; None when there are none."""
        if not self.source.startswith("(", self.at):
            return None
        begin, letters = self.at, []
        self.at += 1
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and "\x00" < self.source[self.at + 1 : self.at + 2] < "\x7f":
                self.at += 1
            letters.append(self.source[self.at])
            self.at += 1
        if self.at >= len(self.source):
            raise broken(f"Can't find end of {name} at byte offset {self._byte(begin + 1)}")
        self.at += 1
        return "".join(letters)


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """Text and entities of MarkdownV2. Raises ApiError with the real server's words."""
    return _Reader(source).parsed()
