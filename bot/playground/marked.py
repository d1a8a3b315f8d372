"""What readers of marked text share: the plain text so far, its entities, the real server's complaints."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playground.errors import ApiError, Json, bad_request


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def broken(words: str) -> ApiError:
    """The markup cannot be read."""
    return bad_request(f"can't parse entities: {words}")


@dataclass(slots=True)
class MarkedReader:
    """Reads `source` from `at`; `length` is that of the text so far, in UTF-16 units."""

    source: str
    at: int = 0
    length: int = 0
    out: list[str] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> None:
        """To the end of the source. Raises ApiError with the real server's words."""
        raise NotImplementedError

    def parsed(self) -> tuple[str, list[Json]]:
        """Text and entities, outer ones first. Raises ApiError with the real server's words."""
        self.read()
        return "".join(self.out), sorted(self.entities, key=lambda one: (one["offset"], -one["length"]))

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_length(text)

    def _byte(self, at: int) -> int:
        """The offset of a letter in UTF-8, which the server's complaints name."""
        return len(self.source[:at].encode("utf-8", "surrogatepass"))
