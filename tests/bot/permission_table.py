"""One table of who may do what in chats: every row of every `*_rows.py`, and the people it speaks of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from aiogram.filters.callback_data import CallbackData

from handlers.kit.callbacks import (
    AppealCD,
    MeetingCD,
    OfferCD,
    PageCD,
    PartCD,
    ProjectCD,
    RectifyCD,
    WorkCD,
)
from tests.bot.known_buttons import Button
from tests.bot.lead_house import GROUP
from tests.bot.whole_house import PEOPLE, Town

Given = Callable[[Any], str | CallbackData]
Stage = Callable[[Town], Awaitable[None]]

#: Whoever writes in private is a resident too; who is muted is heard about their own data only.
PRIVATE = frozenset({"owner", "neighbour", "lead", "other_lead", "expert", "admin", "stranger"})
MUTED = frozenset({"muted"})
OWNER, LEADS, ASKED, ADMINS, EXPERTS = (
    frozenset({"owner"}),
    frozenset({"lead", "other_lead"}),
    frozenset({"lead"}),
    frozenset({"admin"}),
    frozenset({"expert"}),
)
#: Where an organisation's own people meet.
GROUPED = frozenset(who for who, (_, chat) in PEOPLE.items() if chat == GROUP)


@dataclass(frozen=True)
class Row:
    """`given` is what is written or pressed, on a town that `stage` prepared.

    `changes` tells that something must then be remembered; `reads` who may read of the owner (usually
    those who are allowed; the owner alone when it is for everybody); `grouped` who may do it in a group.
    """

    stage: Stage
    allowed: frozenset[str]
    given: Given
    changes: bool = False
    reads: frozenset[str] | None = None
    grouped: frozenset[str] = frozenset()

    @property
    def readers(self) -> frozenset[str]:
        """Who may see the owner's data."""
        if self.reads is not None:
            return self.reads
        return OWNER if len(self.allowed) > 2 else self.allowed


#: What leads may also do in the group of their own organisation: their work, with names and doors hidden.
_IN_GROUP = frozenset(
    {OfferCD, WorkCD, PartCD, MeetingCD, ProjectCD, AppealCD, RectifyCD}
    | {"help", "tasks", "task", "why", "rectify"}
    | {(PageCD, "tasks")}
)


def _gathered(name: str) -> dict[Any, Row]:
    """What the modules of rows have under this name; a plan is a row without its name."""
    found: dict[Any, Row] = {}
    for path in sorted(Path(__file__).parent.glob("*_rows.py")):
        rows = getattr(import_module(f"tests.bot.{path.stem}"), name, {})
        found |= {key: row if isinstance(row, Row) else Row(*row) for key, row in rows.items()}
    return {key: _with_group(key, row) for key, row in found.items()}


def _with_group(key: Any, row: Row) -> Row:
    kind = key[0] if isinstance(key, tuple) else key
    here = {kind, key} & _IN_GROUP and "lead" in row.allowed
    return replace(row, grouped=row.grouped | {"lead in group"}) if here else row


@cache
def commands() -> dict[str, Row]:
    """By the command's name."""
    return _gathered("COMMANDS")


@cache
def links() -> dict[str, Row]:
    """By what stands before the underscore and its token, `lead_`."""
    return _gathered("LINKS")


@cache
def buttons() -> dict[Button, Row]:
    """By kind and action."""
    return _gathered("BUTTONS")


@cache
def rows() -> dict[str, Row]:
    """All of them by a name to be read."""
    return {
        **{f"/{name}": row for name, row in commands().items()},
        **{f"?start={link}": row for link, row in links().items()},
        **{"-".join(filter(None, (k.__name__, action))): row for (k, action), row in buttons().items()},
    }
