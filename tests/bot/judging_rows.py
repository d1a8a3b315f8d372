"""The permission matrix of judging organisations: its commands, buttons and the experts' link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiogram.filters.callback_data import CallbackData

from casework.judging.register import ListKind
from casework.use_cases.disclosure import PublishNotice, RecordDonation, SetPrice
from casework.use_cases.evaluation import CloseRound, OpenRound
from casework.use_cases.experts import InviteExpert, JoinAsExpert
from casework.use_cases.register import EnterInRegister
from casework.use_cases.spot_checks import DrawSpotChecks
from handlers.kit.callbacks import AnswerCD, AppealCD, EvaluationCD, ListingCD, NoticeCD, ScoreCD
from tests.bot.lead_house import ADMIN, ITEM, RESIDENT
from tests.bot.permission_table import PRIVATE
from tests.bot.whole_house import Town

Stage = Callable[[Town], Any]
#: What a row is made of: stage, who, what is given, whether something must change.
Plan = tuple[Stage, frozenset[str], Callable[[Any], Any], bool]
ADMINS, LEAD, OWNER = frozenset({"admin"}), frozenset({"lead"}), frozenset({"owner"})
EVERYBODY, SCORERS = PRIVATE, ADMINS | frozenset({"expert"})
MONTH = "202510"


async def opened(town: Town) -> None:
    """A round is open, and the owner was asked what they think of who helped them."""
    if town.request is None:
        await town.confirmed()
    town.extra["round"] = await town.house.run(OpenRound, ADMIN, "秋季评价")


async def closed(town: Town) -> None:
    await opened(town)
    await town.house.run(CloseRound, ADMIN)


async def invited(town: Town) -> None:
    await town.filed()
    town.extra["expert"], _ = await town.house.run(InviteExpert, ADMIN, "周老师")


async def expert(town: Town) -> None:
    """The resident is an expert too."""
    await invited(town)
    await town.house.run(JoinAsExpert, RESIDENT, town.extra["expert"])
    # Nobody else's rows may depend on it: the next stage begins with an expert again.
    town.extra["person"] = RESIDENT


async def listed(town: Town) -> None:
    await town.filed()
    first, reason = town.house.organisations[0].id, "两次爽约"
    town.extra["listing"] = await town.house.run(EnterInRegister, ADMIN, first, ListKind.ABNORMAL, reason)


async def drawn(town: Town) -> None:
    await town.filed()
    found = await town.house.run(DrawSpotChecks, None)
    town.extra["check"] = found[0].id if found else town.extra["check"]


async def given(town: Town) -> None:
    await town.filed()
    town.extra["donation"] = await town.house.run(RecordDonation, ADMIN, "丰和超市", "2000元", "助老餐")


async def priced(town: Town) -> None:
    await town.filed()
    first = town.house.organisations[0].id
    town.extra["price"] = await town.house.run(SetPrice, ADMIN, first, ITEM, "10元/次")


async def published(town: Town) -> None:
    if town.request is None:
        await town.filed()
        await town.house.run(PublishNotice, ADMIN, "2025-10")


COMMANDS: dict[str, Plan] = {
    "evaluate": (Town.filed, ADMINS, lambda t: "/evaluate", False),
    "register": (listed, ADMINS, lambda t: "/register", False),
    "checks": (drawn, ADMINS, lambda t: "/checks", False),
    "publish": (Town.filed, ADMINS, lambda t: "/publish 2025-10", False),
    "donation": (Town.filed, ADMINS, lambda t: "/donation 丰和超市 2000元 助老餐", True),
    "price": (Town.filed, ADMINS, lambda t: "/price 银发理发站 理发 10元一次", False),
    "score": (opened, SCORERS, lambda t: "/score", False),
    "notice": (published, EVERYBODY, lambda t: "/notice", False),
}
LINKS: dict[str, Plan] = {
    "expert_": (invited, EVERYBODY, lambda t: f"/start expert_{t.extra['expert']}", True)
}


def _evaluation(action: str) -> Plan:
    stages = {"results": closed, "picture": closed, "form": closed, "close": opened, "close_yes": opened}
    stages |= {"drop": expert, "drop_yes": expert}

    def press(t: Any) -> CallbackData:
        number = t.extra["round"].id if "round" in t.extra else t.extra.get("person", 0)
        return EvaluationCD(action=action, id=number)

    return stages.get(action, Town.filed), ADMINS, press, action in ("close_yes", "drop_yes")


def _score(action: str) -> Plan:
    def press(t: Any) -> CallbackData:
        return ScoreCD(
            action=action, id=t.house.organisations[0].id, value="4444" if action == "form" else ""
        )

    return opened, SCORERS, press, action == "form"


def _listing(action: str) -> Plan:
    value = {"list": "abnormal", "enter": "red", "verdict": "good"}.get(action, "")

    def press(t: Any) -> CallbackData:
        number = t.house.organisations[0].id if action in ("org", "enter") else 0
        if action in ("show", "uphold", "remove"):
            number = t.extra["listing"].id
        elif action in ("check", "verdict", "check_end"):
            number = t.extra["check"]
        return ListingCD(action=action, id=number, value=value)

    return drawn if "check" in action or action == "verdict" else listed, ADMINS, press, False


def _notice(action: str) -> Plan:
    stages: dict[str, Stage] = {"read": published, "donation_drop": given, "price_drop": priced}

    def press(t: Any) -> CallbackData:
        name = action.removesuffix("_drop")
        number = t.extra[name].id if name in t.extra else 0
        return NoticeCD(action=action, id=number, value=MONTH)

    allowed = EVERYBODY if action == "read" else ADMINS
    return stages.get(action, Town.filed), allowed, press, False


def _answer(t: Any) -> CallbackData:
    return AnswerCD(round=t.extra["round"].id, id=t.house.organisations[0].id, score=5)


BUTTONS: dict[tuple[type[CallbackData], str], Plan] = {
    (AnswerCD, ""): (opened, OWNER, _answer, True),
    (AppealCD, "answer"): (
        listed,
        LEAD,
        lambda t: AppealCD(action="answer", id=t.extra["listing"].id),
        False,
    ),
}
_EACH: tuple[tuple[type[CallbackData], Callable[[str], Plan], str], ...] = (
    (
        EvaluationCD,
        _evaluation,
        "close close_yes drop drop_yes expert form open open_yes picture results show",
    ),
    (ScoreCD, _score, "form list"),
    (ListingCD, _listing, "check check_end checks enter form list org remove show top uphold verdict"),
    (NoticeCD, _notice, "donation_drop draft price_drop publish publish_yes read"),
)
BUTTONS |= {(kind, action): plan(action) for kind, plan, actions in _EACH for action in actions.split()}
