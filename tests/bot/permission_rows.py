"""The permission matrix itself: what each command, button and link starts from, and for whom it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from aiogram.filters.callback_data import CallbackData

from casework.promises.quiet import HeldMessage
from casework.use_cases.organisations import CreateInvite, SetOrganisationActive
from casework.use_cases.teaching import DecideLesson, NextLesson
from casework.use_cases.workers import RecategoriseRequest
from handlers.admin.commands import ADMIN_COMMANDS
from handlers.kit.callbacks import (
    DeskCD,
    DialogueCD,
    EmergencyCD,
    HeldCD,
    MenuCD,
    ModelCD,
    MyRequestCD,
    OfferCD,
    OrganisationCD,
    PageCD,
    PrivacyCD,
    RateCD,
    TeachCD,
    TriageCD,
    WorkCD,
)
from tests.bot.known_buttons import Button
from tests.bot.lead_house import ADMIN, ITEM, LEAD
from tests.bot.permission_table import ADMINS, ASKED, GROUPED, LEADS, MUTED, OWNER, PRIVATE, Given, Row, Stage
from tests.bot.whole_house import SUMMARY, Town

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WHOLE = "马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家"


async def card(town: Town) -> None:
    """The owner has a card to submit before them."""
    await town.filed()
    await town.write("owner", WHOLE)
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        document = await uow.trackers.load(101) or {}
    town.extra["turn"] = document["dialogue"]["slots"]["turn"]


async def invited(town: Town) -> None:
    await town.filed()
    town.extra["token"], _ = await town.house.run(CreateInvite, ADMIN, town.house.organisations[1].id)


async def refiled(town: Town) -> None:
    """A worker has filed it under another item: a lesson for the reader waits."""
    await town.filed()
    assert town.request
    await town.house.run(RecategoriseRequest, ADMIN, town.request.id, "hom_plumbing")
    lesson, _ = await town.house.run(NextLesson, ADMIN)
    # The same words with the same meaning are one lesson, also when the stage is set again.
    town.extra["lesson"] = lesson.id if lesson else town.extra["lesson"]


async def taught(town: Town) -> None:
    await refiled(town)
    await town.house.run(DecideLesson, ADMIN, town.extra["lesson"], accept=True)


async def paused(town: Town) -> None:
    organisation = town.house.organisations[0].id
    await town.house.run(SetOrganisationActive, ADMIN, organisation, active=True)
    await town.filed()
    await town.house.run(SetOrganisationActive, ADMIN, organisation, active=False)


def command(name: str, words: str = "") -> Given:
    return lambda t: f"/{name} {words.format(number=t.request.number)}".strip()


def _commands() -> dict[str, Row]:
    f = Town.filed
    rows = {name: Row(f, PRIVATE, command(name)) for name in ("start", "help", "my", "menu")}
    rows["privacy"] = Row(f, PRIVATE | MUTED, command("privacy"))
    rows |= {name: Row(f, PRIVATE, command(name)) for name in ("human", "cancel")}
    rows["tasks"] = Row(f, LEADS, command("tasks"), reads=ASKED)
    rows["why"] = Row(Town.accepted, LEADS | ADMINS, command("why", "{number}"), reads=ASKED | ADMINS)
    rows["task"] = Row(Town.accepted, LEADS, command("task", "{number}"), reads=ASKED)
    words = dict.fromkeys(set(ADMIN_COMMANDS) - {"why"}, "")
    words |= dict.fromkeys(("request", "unmute", "mute", "confirm"), "{number}")
    words |= {
        "assign": "{number} 银发",
        "recategorise": "{number} 水管",
        "split": "{number} 灯坏了",
        "find": "头发",
        "stats": "30",
    }
    words |= {"close": "{number} 不办了", "decline": "{number} 归街道", "org": "银发理发站"}
    words |= {"invite": "银发理发站", "broadcast": "明天停水", "pause": "停电", "export": "7"}
    changing = {"invite"}
    return rows | {n: Row(f, ADMINS, command(n, w), changes=n in changing) for n, w in words.items()}


COMMANDS = _commands()
LINKS: dict[str, Row] = {
    # A group may be bound by whoever holds the invite: that is what a link for groups is for.
    "lead_": Row(
        invited,
        PRIVATE,
        lambda t: f"/start lead_{t.extra['token']}",
        changes=True,
        grouped=GROUPED,
    ),
    "item_": Row(Town.filed, PRIVATE, lambda t: "/start item_hom_plumbing"),
}


def _dialogue(action: str) -> Row:
    value = {"words": "time-any", "item": "hom_plumbing", "pick": "1", "drop": "0", "rescue": "address"}
    press = lambda t: DialogueCD(action=action, turn=t.extra["turn"], value=value.get(action, ""))  # noqa: E731
    allowed = PRIVATE if action == "human" else OWNER
    return Row(card, allowed, press, changes=action == "submit")


def _mine(action: str) -> Row:
    stages: dict[str, Stage] = {"solved": Town.done, "unsolved": Town.done, "restore": Town.cancelled}
    changing = {"cancel_yes", "restore", "solved", "unsolved", "urge"}
    allowed = PRIVATE if action == "list" else OWNER
    return Row(
        stages.get(action, Town.filed),
        # A card of their own opens for whoever may see it, by whatever button.
        allowed,
        lambda t: MyRequestCD(action=action, id=t.request.id),
        changes=action in changing,
    )


def _offer(action: str) -> Row:
    reason = "hands" if action == "why" else ""
    press = lambda t: OfferCD(action=action, id=t.offer.id, reason=reason)  # noqa: E731
    return Row(Town.filed, ASKED, press, changes=action in ("accept", "why"))


def _work(action: str) -> Row:
    value = {"hours": "1", "people": "2", "back": "hands"}.get(action, "")
    press = lambda t: WorkCD(action=action, id=t.request.id, value=value)  # noqa: E731
    everybody = action == "list"
    return Row(
        Town.accepted,
        LEADS if everybody else ASKED,
        press,
        changes=action in ("start", "back"),
        reads=ASKED,
    )


def _triage(action: str) -> Row:
    stages: dict[str, Stage] = {"release": Town.in_triage, "confirm": Town.done}
    stages |= dict.fromkeys(("reopen_yes", "reopen_same", "reopen_no"), Town.unsolved)
    second = lambda t: str(t.house.organisations[1].id)  # noqa: E731
    values: dict[str, Callable[[Any], str]] = dict.fromkeys(
        ("assign", "assign_yes", "hand_on", "hand_keep"), second
    )
    values["whose"] = lambda t: "power"
    values |= dict.fromkeys(("item", "refile"), lambda t: "hom_plumbing")
    value = values.get(action, lambda t: "")
    return Row(
        stages.get(action, Town.filed),
        ADMINS,
        lambda t: TriageCD(action=action, id=t.request.id, value=value(t)),
        changes=action in ("assign", "assign_yes", "refile", "release", "reopen_yes", "reopen_same"),
    )


def _organisation(action: str) -> Row:
    return Row(
        paused if action == "resume" else Town.filed,
        ADMINS,
        lambda t: OrganisationCD(action=action, id=t.house.organisations[0].id, value=str(LEAD)),
        changes=action in ("invite", "resume", "drop_yes"),
    )


def _desk(action: str) -> Row:
    return Row(Town.filed, ADMINS, lambda t: DeskCD(action=action, value=""))


def _teach(action: str) -> Row:
    value = {"label": "thanks", "other": "acts"}.get(action, "")
    return Row(
        taught if action == "undo" else refiled,
        ADMINS,
        lambda t: TeachCD(action=action, id=t.extra["lesson"], value=value),
        changes=action in ("yes", "no", "label", "undo"),
    )


def _model(action: str) -> Row:
    return Row(Town.filed, ADMINS, lambda t: ModelCD(action=action, value="1"))


def _page(name: str) -> Row:
    allowed = {"my": PRIVATE, "tasks": LEADS}.get(name, ADMINS)
    reads = {"my": OWNER, "tasks": ASKED}.get(name)
    return Row(Town.filed, allowed, lambda t: PageCD(list=name, page=0), reads=reads)


def _menu(action: str) -> Row:
    code = {"group": "home", "item": ITEM, "file": ITEM}.get(action, "")
    return Row(Town.filed, PRIVATE, lambda t: MenuCD(action=action, code=code))


async def held_back(town: Town) -> None:
    """A message with the owner's name in it waits for the lead."""
    await town.filed()
    payload = {"chat_id": LEAD, "text": f"留着的话：{SUMMARY}"}
    message = HeldMessage(0, LEAD, "SendMessage", payload, None, "一件事", "NoteAdded", None, None, "", NOW)
    async with town.house.db.transaction(town.house.community_id) as uow:
        await uow.held.add(message)
        town.extra["held"] = (await uow.held.of_chat(LEAD))[-1].id
        await uow.commit()


BUTTONS: dict[Button, Row] = {
    (HeldCD, ""): Row(held_back, ASKED, lambda t: HeldCD(id=t.extra["held"])),
    (EmergencyCD, ""): Row(
        Town.emergency,
        frozenset({"other_lead", "admin"}),
        lambda t: EmergencyCD(id=t.request.id),
        changes=True,
        # Wherever the alarm is seen, the first hand counts.
        grouped=frozenset({"other_lead in group", "admin in group"}),
    ),
    (RateCD, ""): Row(Town.confirmed, OWNER, lambda t: RateCD(id=t.request.id, stars=2), changes=True),
    (PrivacyCD, "forget"): Row(Town.filed, PRIVATE | MUTED, lambda t: PrivacyCD(action="forget")),
}
_EACH: tuple[tuple[type[CallbackData], Callable[[str], Row], str], ...] = (
    (
        DialogueCD,
        _dialogue,
        "both cancel drop forget human item keep not_over other over pick rescue same_no same_yes saved skip "
        "stop submit voice_saved voice_skip words",
    ),
    (MyRequestCD, _mine, "cancel cancel_yes list reply restore show solved unsolved urge"),
    (OfferCD, _offer, "accept ask decline show why"),
    (WorkCD, _work, "ask back done hand hours list note people show skip split start stop"),
    (
        TriageCD,
        _triage,
        "assign assign_yes cancel confirm decline group hand_keep hand_on history item keep list mute pick "
        "refile release reopen_no reopen_same reopen_yes search settle show split split_group split_item "
        "split_yes unmute whose why why_chart yes",
    ),
    (OrganisationCD, _organisation, "drop drop_yes invite list pause resume revoke show"),
    (
        DeskCD,
        _desk,
        "audit broadcast broadcast_no broadcast_yes export find find_on help import_no import_yes keep pause "
        "pause_yes resume retry stats template",
    ),
    (TeachCD, _teach, "label next no other undo yes"),
    (ModelCD, _model, "back back_yes compare learn show"),
    (PageCD, _page, "late my orgs tasks triage"),
    (MenuCD, _menu, "file group item top"),
)
BUTTONS |= {(kind, action): row(action) for kind, row, actions in _EACH for action in actions.split()}
