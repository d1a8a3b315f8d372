"""The permission matrix of pools, teams, claiming meetings and the backlog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiogram.filters.callback_data import CallbackData

from casework.use_cases.backlog import PlanBacklog, serial
from casework.use_cases.filing import Draft, FileRequests
from casework.use_cases.giving import AnswerPart, TeamRequest
from casework.use_cases.leads import AcceptOffer, DeclineOffer
from casework.use_cases.meetings import CloseMeeting, OpenMeeting, TickLot
from handlers.kit.callbacks import GivingCD, MeetingCD, PartCD
from tests.bot.lead_house import ADMIN, ITEM, LEAD, OTHER_LEAD, RESIDENT
from tests.bot.whole_house import DETAILS, SUMMARY, WORDS, Town

Stage = Callable[[Town], Any]
#: Stage, who, what is given, whether something must change, who may read of the owner (None: those).
Plan = tuple[Stage, frozenset[str], Callable[[Any], Any], bool, frozenset[str] | None]
ADMINS, ASKED, HELPER = frozenset({"admin"}), frozenset({"lead"}), frozenset({"other_lead"})
LEADS = ASKED | HELPER


async def teamed(town: Town) -> None:
    """The first organisation is to lead, the second to help."""
    await town.filed()
    assert town.request
    ids = tuple(o.id for o in town.house.organisations[:2])
    await town.house.run(TeamRequest, ADMIN, town.request.id, ids)
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        town.extra["part"] = (await uow.teams.of_request(town.request.id))[0].id


async def at_work(town: Town) -> None:
    """Both have said yes."""
    await teamed(town)
    assert town.request
    await town.house.run(AcceptOffer, LEAD, (await town.house.offer(town.request)).id)
    await town.house.run(AnswerPart, OTHER_LEAD, town.extra["part"], accept=True)


async def declined(town: Town) -> None:
    """Nobody is left to ask: it waits for a worker."""
    await town.filed()
    assert town.offer
    await town.house.run(DeclineOffer, LEAD, town.offer.id, "hands")


async def meeting(town: Town) -> None:
    """It is at the open meeting, where the first organisation could take it."""
    if "meeting" in town.extra:
        await town.house.run(CloseMeeting, ADMIN, town.extra["meeting"], draw=False)
    await declined(town)
    assert town.request
    closes = town.house.frame.clock.now() + timedelta(hours=2)
    town.extra["meeting"] = (await town.house.run(OpenMeeting, ADMIN, closes, [town.request.id])).id


async def ticked(town: Town) -> None:
    await meeting(town)
    assert town.request
    ours = town.house.organisations[0].id
    await town.house.run(TickLot, LEAD, town.extra["meeting"], town.request.id, ours, on=True)


async def backlog(town: Town) -> None:
    """It came while the only organisation for it was away, which is back."""
    first = town.house.organisations[0]
    async with town.house.db.transaction(town.house.community_id) as uow:
        await uow.organisations.save(replace(first, active=False))
        await uow.commit()
    (town.request,) = await town.house.run(FileRequests, RESIDENT, [Draft(ITEM, WORDS, SUMMARY, DETAILS)])
    async with town.house.db.transaction(town.house.community_id) as uow:
        await uow.organisations.save(first)
        await uow.commit()
    town.extra["plan"] = serial(await town.house.run(PlanBacklog, ADMIN))


def _giving(action: str) -> Plan:
    values: dict[str, Callable[[Any], str]] = {
        "team_pick": lambda t: str(t.house.organisations[0].id),
        "backlog_yes": lambda t: t.extra["plan"],
    }
    value = values.get(action, lambda t: "")
    own = action.startswith("backlog")
    return (
        backlog if own else Town.filed,
        ADMINS,
        lambda t: GivingCD(action=action, id=0 if own else t.request.id, value=value(t)),
        action in ("pool_yes", "backlog_yes"),
        None,
    )


def _part(action: str) -> Plan:
    stage = at_work if action in ("done", "drop", "leave") else teamed
    allowed = {"drop": ASKED, "leave": ADMINS}.get(action, HELPER)
    return (
        stage,
        allowed,
        lambda t: PartCD(action=action, id=t.extra["part"]),
        action not in ("show", "leave"),
        None,
    )


def _meeting(action: str) -> Plan:
    if action in ("desk", "open", "draw", "draw_yes", "off", "off_yes"):
        hours = lambda t: 2 if action == "open" else t.extra["meeting"]  # noqa: E731
        press = lambda t: MeetingCD(action=action, id=hours(t))  # noqa: E731
        return meeting, ADMINS, press, action.endswith("_yes"), None
    tick = action in ("tick", "untick")
    return (
        ticked if action == "untick" else meeting,
        ASKED if tick else LEADS,
        lambda t: MeetingCD(
            action=action,
            id=t.extra["meeting"],
            request=t.request.id if tick else 0,
            organisation=t.house.organisations[0].id if tick else 0,
        ),
        tick,
        ASKED,
    )


_EACH: tuple[tuple[type[CallbackData], Callable[[str], Plan], str], ...] = (
    (GivingCD, _giving, "backlog backlog_yes pool pool_yes team team_ask team_pick"),
    (PartCD, _part, "accept decline done drop leave show"),
    (MeetingCD, _meeting, "desk draw draw_yes lots off off_yes open page tick untick"),
)
BUTTONS: dict[tuple[type[CallbackData], str], Plan] = {
    (kind, action): plan(action) for kind, plan, actions in _EACH for action in actions.split()
}
COMMANDS: dict[str, Plan] = {
    name: (Town.filed, ADMINS, lambda t, name=name: f"/{name} {t.request.number}", False, None)  # type: ignore[misc]
    for name in ("pool", "team")
} | {
    "meeting": (declined, ADMINS, lambda t: "/meeting", False, None),
    "backlog": (backlog, ADMINS, lambda t: "/backlog", False, None),
}
