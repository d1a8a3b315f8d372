"""All that is kept of one person as one page: large letters, one box an entry, no outside parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from casework.keeping.personal import OwnData
from handlers.kit.context import Context

#: Columns that hold a code which has words.
_CODES = {"status": "status", "to_status": "status", "actor_role": "role", "author_role": "role"}
_STYLE = """
body{font:20px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:46em;margin:0 auto;
padding:1em;color:#1b1b1b;background:#f6f5f1}h1{font-size:1.5em}h2{font-size:1.2em;margin:1.6em 0 .4em}
dl{background:#fff;border:1px solid #ddd;border-radius:10px;padding:.7em 1em;margin:.6em 0;
display:grid;grid-template-columns:6em 1fr;gap:.1em .8em}
dt{color:#666}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
@media print{body{background:#fff}}
"""


@dataclass(frozen=True, slots=True)
class Page:
    """Writes the page for one person."""

    context: Context

    def write(self, data: OwnData) -> str:
        """HTML; every word in it is escaped."""
        plain = self.context.texts.plain
        made = plain(
            "own-data-made",
            when=self._moment(self.context.now),
            community=self.context.community.name,
        )
        parts = [f"<h1>{escape(plain('own-data-title'))}</h1>", f"<p>{escape(made)}</p>"]
        parts.append(f"<p>{escape(plain('own-data-note' if data else 'own-data-nothing'))}</p>")
        numbers = {row["id"]: row["number"] for row in data.get("requests", ())}
        for section, rows in data.items():
            parts.append(f"<h2>{escape(plain(f'own-data-section-{section}'))}（{len(rows)}）</h2>")
            # Which request a row is about is told by the number that people know.
            parts += [self._row({**row, "request_id": numbers.get(row.get("request_id"))}) for row in rows]
        title = escape(plain("own-data-title"))
        return (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{title}</title><style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>"
        )

    def _row(self, row: Mapping[str, Any]) -> str:
        facts = [
            f"<dt>{escape(self._label(name))}</dt><dd>{escape(told)}</dd>"
            for name, value in row.items()
            if self._has(name) and (told := self._told(name, value))
        ]
        return f"<dl>{''.join(facts)}</dl>" if facts else ""

    def _has(self, name: str) -> bool:
        """What has no name for people is in the other file only."""
        return self.context.texts.has(f"own-data-column-{name}")

    def _label(self, name: str) -> str:
        return self.context.texts.plain(f"own-data-column-{name}")

    def _told(self, name: str, value: Any) -> str:
        """A value in words; empty for one that says nothing."""
        texts = self.context.texts
        if value is None or value == "" or value == [] or value == {}:
            return ""
        if isinstance(value, bool):
            return texts.plain("own-data-yes" if value else "own-data-no")
        if isinstance(value, datetime):
            return self._moment(value)
        if name in ("item", "filed_as", "heard") and value in self.context.community.catalogue:
            return self.context.community.catalogue.item(str(value)).name
        if isinstance(value, str):
            return self._code(name, value)
        if isinstance(value, Mapping):
            said = value.get("message") or value.get("edited_message")
            if name == "raw":
                return _said(said)
            return "\n".join(
                f"{self._label(part)}：{told}"
                for part, one in value.items()
                if self._has(part) and (told := self._told(part, one))
            )
        if isinstance(value, Sequence):
            return "、".join(filter(None, (self._told(name, one) for one in value)))
        return str(value)

    def _code(self, name: str, value: str) -> str:
        key = f"{_CODES[name]}-{value}" if name in _CODES else ""
        return self.context.texts.plain(key) if key and self.context.texts.has(key) else value

    def _moment(self, moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(self.context.community.timezone)).strftime("%Y-%m-%d %H:%M")


def _said(message: Any) -> str:
    """The words of an update, or what kind of thing was sent."""
    if not isinstance(message, Mapping):
        return ""
    return str(message.get("text") or message.get("caption") or "")
