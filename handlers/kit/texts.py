"""Renders Fluent messages as Bot-API HTML; every argument is escaped here and nowhere else."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "texts"
_FLUENT_TAKES = 2000


class Markup(str):
    """Text that is already HTML, made by a renderer: not escaped again."""

    __slots__ = ()


class Texts:
    """All sentences, by key. `texts("card-filed", number="…")` gives HTML."""

    def __init__(self, folder: Path = FOLDER) -> None:
        from fluent.runtime import FluentBundle, FluentResource

        self._bundle = FluentBundle(["zh-CN"], use_isolating=False)
        for path in sorted(folder.glob("*.ftl")):
            self._bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))

    def __call__(self, key: str, **args: Any) -> Markup:
        """The message with its arguments. Raises KeyError for an unknown key or a missing argument."""
        return Markup(self._fill(key, {name: _safe(value) for name, value in args.items()}))

    def has(self, key: str) -> bool:
        """Whether there is such a message."""
        return bool(self._bundle.has_message(key))

    def plain(self, key: str, **args: Any) -> str:
        """The message as plain text, for buttons, file names and alerts, where HTML is not read."""
        return self._fill(key, {name: str(value) for name, value in args.items()})

    def _fill(self, key: str, args: dict[str, str]) -> str:
        message = self._bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        # Fluent refuses long arguments; what people write may be long, so it is put in afterwards.
        long = {f"\x02{name}\x03": value for name, value in args.items() if len(value) > _FLUENT_TAKES}
        short = {
            name: f"\x02{name}\x03" if len(value) > _FLUENT_TAKES else value for name, value in args.items()
        }
        filled, errors = self._bundle.format_pattern(message.value, short)
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        text = str(filled)
        for mark, value in long.items():
            text = text.replace(mark, value)
        return text


def _safe(value: Any) -> str:
    # Numbers go in as text too: Fluent would group their digits, and request numbers are no amounts.
    return value if isinstance(value, Markup) else escape(str(value), quote=False)


@cache
def default_texts() -> Texts:
    """The texts that come with the program, read once."""
    return Texts()
