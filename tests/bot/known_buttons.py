"""Which commands and buttons there are, read from the program itself, so that no list can forget one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

import handlers
from handlers.admin.desk import Pressed
from handlers.dialogue import presses
from handlers.kit import callbacks
from handlers.kit.callbacks import (
    DialogueCD,
    FollowCD,
    MeetingCD,
    MyRequestCD,
    OfferCD,
    PartCD,
    PrivacyCD,
    ProjectCD,
    WorkCD,
)
from handlers.lead import meetings, offers, parts, projects, work
from handlers.resident import following, own, privacy

Kind = type[CallbackData]
#: Kinds without an action have one button: "".
Button = tuple[Kind, str]

KINDS: dict[str, Kind] = {
    name: kind
    for name, kind in vars(callbacks).items()
    if isinstance(kind, type) and issubclass(kind, CallbackData) and kind is not CallbackData
}
_TABLES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (MyRequestCD, (*own._PLAIN, *own._WITH_MEMORY)),
    (OfferCD, tuple(offers._ACTIONS)),
    (WorkCD, (*work._ANYWHERE, *work._IN_WORK)),
    (DialogueCD, (*presses._PLANS, *presses._IN_EMERGENCY)),
    (FollowCD, tuple(following.ACTIONS)),
    (ProjectCD, tuple(projects.ACTIONS)),
    (PartCD, parts.ACTIONS),
    (MeetingCD, meetings.ACTIONS),
    (PrivacyCD, privacy.ACTIONS),
)
#: Helpers that make a button: name → its kind; the second argument is the action.
_HELPERS: dict[str, Kind] = {"turn.tap": DialogueCD, "tap_request": MyRequestCD, "tap_privacy": PrivacyCD}


def routers(top: Router) -> Iterator[Router]:
    """This router and all below it."""
    yield top
    for sub in top.sub_routers:
        yield from routers(sub)


def commands(top: Router) -> set[str]:
    """Every command that some router listens to."""
    filters = [f.callback for r in routers(top) for h in r.message.handlers for f in h.filters or []]
    return {str(name) for f in filters if isinstance(f, Command) for name in f.commands}


def heard(top: Router) -> set[Button]:
    """Buttons that routers of workers listen to."""
    filters = [f.callback for r in routers(top) for h in r.callback_query.handlers for f in h.filters or []]
    return {(f.kind, action) for f in filters if isinstance(f, Pressed) for action in f.actions}


def tabled() -> set[Button]:
    """Buttons in the tables by which handlers find what to do."""
    return {(kind, action) for kind, actions in _TABLES for action in actions}


def made() -> set[Button]:
    """Buttons that the handlers' source makes with an action written out, and kinds without actions."""
    found: set[Button] = {(k, "") for k in KINDS.values() if not {"action", "list"} & set(k.model_fields)}
    folder = Path(handlers.__file__).parent
    for path in folder.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                found |= set(_made_by(call))
    return found


def _made_by(call: ast.Call) -> Iterator[Button]:
    name = ast.unparse(call.func)
    if name in KINDS:
        for keyword in call.keywords:
            if keyword.arg in ("action", "list") and isinstance(keyword.value, ast.Constant):
                yield KINDS[name], str(keyword.value.value)
    elif name in _HELPERS and len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
        yield _HELPERS[name], str(call.args[1].value)


def every_button(top: Router) -> set[Button]:
    """All of them."""
    return heard(top) | tabled() | made()
