"""Writes docs/permissions.md from the tables that the tests drive: `make permissions`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from handlers.admin import sure
from handlers.dialogue import engine
from tests.bot import permission_table
from tests.bot.action_table import KEEPING
from tests.bot.doors import CALLERS, DOORS
from tests.bot.permission_table import Row
from tests.bot.whole_house import PEOPLE

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
_HEADS = {
    "owner": "居民本人 owner",
    "neighbour": "别的居民 neighbour",
    "stranger": "陌生人 stranger",
    "muted": "被静音的人 muted",
    "lead": "负责人 lead",
    "other_lead": "别家负责人 other lead",
    "expert": "专家 expert",
    "admin": "工作人员 worker",
}
_INTRO = """# Who may do what

Written by `make permissions` from the tables which the tests drive through the real dispatcher and over
real HTTP (`tests/bot/test_permission_matrix.py`, `test_sure.py`, `test_doors.py`, `test_action_calls.py`); a
test fails when this page is stale, when something in the program has no row, and when a cell is not true.

✓ is let in; 👁 is let in and may read what is the owner's. Whoever is refused changes nothing and hears no
word about the request. Who is muted hears of their own data only (danger to life still gets through). In a
group commands are answered with 「请私聊」 and nothing more; the last column says who is heard there all the
same, with names, phones and doors hidden. What each use case allows is tested for itself
(`tests/casework/test_permission_matrix.py`).
"""


def page() -> str:
    """The whole page."""
    parts = [_INTRO]
    tables = (
        ("Commands", {f"`/{name}`": row for name, row in permission_table.commands().items()}),
        ("Links", {f"`/start {name}…`": row for name, row in permission_table.links().items()}),
        (
            "Buttons",
            {
                f"`{kind.__name__}` {action}".strip(): row
                for (kind, action), row in permission_table.buttons().items()
            },
        ),
    )
    for title, rows in tables:
        parts.append(f"## {title}\n\n{_people(rows)}")
    parts += [_sure(), _doors(), _actions()]
    return "\n".join(parts)


def _people(rows: dict[str, Row]) -> str:
    assert {name for name in PEOPLE if not name.endswith("group") and name != "member"} == set(_HEADS)
    lines = [_line(["", *_HEADS.values(), "群里 in a group"]), _line(["---"] * (len(_HEADS) + 2))]
    for name in sorted(rows):
        row = rows[name]
        grouped = ", ".join(sorted(who.removesuffix(" in group") for who in row.grouped))
        lines.append(_line([name, *(_cell(row, who) for who in _HEADS), grouped]))
    return "\n".join(lines) + "\n"


def _cell(row: Row, who: str) -> str:
    if who not in row.allowed:
        return ""
    return "👁" if who in row.readers else "✓"


def _sure() -> str:
    minutes = int(sure.LASTS.total_seconds() // 60)
    lines = [
        "## What is asked about first\n",
        "These end or change something for others. What will happen is said first; "
        f"the 「确定」 counts for {minutes} minutes and once.\n",
        _line(["button", "undone by"]),
        _line(["---", "---"]),
    ]
    for (kind, action), undo in sorted(sure.SURE.items(), key=lambda one: (one[0][0].__name__, one[0][1])):
        lines.append(_line([f"`{kind.__name__}` {action}", undo]))
    return "\n".join(lines) + "\n"


def _doors() -> str:
    lines = [
        "## HTTP\n",
        "Every door stands on 127.0.0.1 and refuses another host without a key. "
        "`holder` shows the secret or key.\n",
        _line(["door", "route", *CALLERS]),
        _line(["---"] * (len(CALLERS) + 2)),
    ]
    for name, door in DOORS.items():
        for (method, path), allowed in sorted(door.routes.items(), key=lambda one: one[0][::-1]):
            cells = ["✓" if caller in allowed else "" for caller in CALLERS]
            lines.append(_line([f"{name}: {door.says}", f"`{method} {path}`", *cells]))
    return "\n".join(lines) + "\n"


def _actions() -> str:
    names = sorted(engine.executor().actions)
    told = ", ".join(f"`{name}`" for name in names)
    kept = ", ".join(f"`{name}`" for name in sorted(KEEPING))
    return (
        "## Actions\n\nWhoever may call the action server may call each of these, for a resident of its own "
        "who is nobody of the messenger. A call out of the blue answers or asks; it keeps something, of its "
        f"own sender, only by {kept}. What is another's is never told or changed. Who is muted hears nothing."
        f"\n\n{told}\n"
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Write it."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
