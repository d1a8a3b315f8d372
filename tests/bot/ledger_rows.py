"""The permission matrix of the call-back list and the three ledgers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiogram.filters.callback_data import CallbackData

from casework.books.calls import CallReason
from casework.books.ledgers import ProblemKind
from casework.use_cases.call_list import PutOnCallList
from casework.use_cases.calls import HearSolved
from casework.use_cases.ledgers import RaiseProblem
from casework.use_cases.rectifying import OpenRectification, ReportRectified
from handlers.kit.callbacks import CallCD, LedgerCD, ProblemCD, RectifyCD
from tests.bot.lead_house import ADMIN, LEAD
from tests.bot.whole_house import Town

Stage = Callable[[Town], Any]
#: What a row is made of: stage, who, what is given, whether something must change.
Plan = tuple[Stage, frozenset[str], Callable[[Any], Any], bool]
ADMINS, ASKED, LEADS = frozenset({"admin"}), frozenset({"lead"}), frozenset({"lead", "other_lead"})


async def ringing(town: Town) -> None:
    """The owner kept silent and is to be rung up."""
    await town.done()
    call = await town.house.run(PutOnCallList, None, town.request, CallReason.SILENT)
    town.extra["call"] = call.id


async def heard(town: Town) -> None:
    await ringing(town)
    await town.house.run(HearSolved, ADMIN, town.extra["call"])


async def problem(town: Town) -> None:
    await town.done()
    assert town.request
    request = await town.house.request(town.request.id)
    raised = await town.house.run(RaiseProblem, None, request, ProblemKind.LATE)
    town.extra["problem"] = raised.id


async def rectifying(town: Town) -> None:
    await problem(town)
    entry = await town.house.run(
        OpenRectification, ADMIN, town.extra["problem"], "重新剪一次", 3, by_organisation=True
    )
    town.extra["entry"] = entry.id


async def reported(town: Town) -> None:
    await rectifying(town)
    await town.house.run(ReportRectified, LEAD, town.extra["entry"], "重剪好了")


COMMANDS: dict[str, Plan] = {
    "callback": (ringing, ADMINS, lambda t: "/callback", False),
    "ledger": (problem, ADMINS, lambda t: "/ledger", False),
    "problem": (Town.done, ADMINS, lambda t: f"/problem {t.request.number} 来电说态度不好", True),
    "rectify": (rectifying, LEADS, lambda t: "/rectify", False),
}


def _call(action: str) -> Plan:
    stage = heard if action in ("stars", "note") else ringing
    value = "4" if action == "stars" else ""
    changes = action in ("solved", "missed", "stars", "other", "same")
    return stage, ADMINS, lambda t: CallCD(action=action, id=t.extra["call"], value=value), changes


def _ledger(action: str) -> Plan:
    return problem, ADMINS, lambda t: LedgerCD(action=action, book="p"), False


def _problem(action: str) -> Plan:
    value = "3" if action == "days" else ""
    press = lambda t: ProblemCD(action=action, id=t.extra["problem"], value=value)  # noqa: E731
    return problem, ADMINS, press, False


def _rectify(action: str) -> Plan:
    stage = reported if action in ("good", "bad") else rectifying
    allowed = ASKED if action == "done" else ADMINS
    return stage, allowed, lambda t: RectifyCD(action=action, id=t.extra["entry"]), action == "good"


BUTTONS: dict[tuple[type[CallbackData], str], Plan] = {
    **{(CallCD, a): _call(a) for a in ("missed", "note", "other", "same", "show", "solved", "stars")},
    **{(CallCD, a): _call(a) for a in ("list", "unsolved")},
    **{(LedgerCD, a): _ledger(a) for a in ("kind", "month", "org", "place", "show", "state", "xlsx")},
    **{(ProblemCD, a): _problem(a) for a in ("by_me", "by_org", "close", "days", "rectify", "show")},
    **{(RectifyCD, a): _rectify(a) for a in ("bad", "done", "good", "report", "show")},
}
