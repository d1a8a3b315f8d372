"""The permission matrix of reports and weekly letters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from aiogram.filters.callback_data import CallbackData

from handlers.kit.callbacks import LetterCD, ReportCD
from tests.bot.known_buttons import Button
from tests.bot.whole_house import Town

#: What a row is made of: stage, who, what is given, whether something must change, who reads of the owner.
Plan = tuple[Callable[[Town], Awaitable[None]], frozenset[str], Callable[[Any], Any], bool, frozenset[str]]
ADMINS, ASKED, READERS = frozenset({"admin"}), frozenset({"lead"}), frozenset({"lead", "other_lead", "admin"})
_PARTS = {"span": "30", "by": "heat", "rows": "group", "table": "rates"}
_REPORTS = ("by", "list", "listed", "rows", "show", "span", "table")
_LETTERS = ("again", "list", "listed", "now", "stop")
#: The town's clock is the machine's.
TODAY = date.today().toordinal()  # noqa: DTZ011


def _report(action: str) -> Plan:
    def press(town: Town) -> CallbackData:
        return ReportCD(action=action, first=TODAY - 9, days=11, part=_PARTS.get(action, "all"))

    return Town.filed, ADMINS, press, False, ADMINS


def _letter(action: str) -> Plan:
    lists = action in ("list", "listed")

    def press(town: Town) -> CallbackData:
        ours = town.house.organisations[0].id
        return LetterCD(action=action, id=ours, first=TODAY - 3, part="all")

    return Town.accepted, ASKED if lists else READERS, press, action == "stop", ASKED | ADMINS


COMMANDS: dict[str, Plan] = {
    "letters": (Town.accepted, READERS, lambda t: "/letters", False, ASKED | ADMINS),
}
BUTTONS: dict[Button, Plan] = {
    **{
        (ReportCD, action): _report(action)
        for action in ["by", "list", "listed", "rows", "show", "span", "table"]
    },
    **{(LetterCD, action): _letter(action) for action in ["again", "list", "listed", "now", "stop"]},
}
