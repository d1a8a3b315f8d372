"""What is kept of whoever asks, a copy of it, and the first tap towards being forgotten."""

from __future__ import annotations

from typing import Any

from casework.entities import Details
from casework.keeping.personal import Kept, Obstacles
from casework.use_cases.privacy import AskOwnData, LookAtErasure, SeePrivacy
from handlers.dialogue.actions.base import CaseAction, Tap, Turn, tap_request, text_of
from handlers.dialogue.needs import as_slots

#: So many open requests are named.
_NAMED = 5


class Privacy(CaseAction):
    """What is kept, why, how long, and who sees it."""

    action_name = "action_privacy"

    async def act(self, turn: Turn) -> None:
        """With the ways to a copy, to being forgotten, and back."""
        kept = await turn.scope.cases(SeePrivacy)(turn.scope.actor)
        community = turn.scope.community
        policy = community.policy
        turn.say(
            "privacy",
            _ways(kept),
            phone=community.duty_phone,
            days=policy.retention.requests,
            chat=policy.retention.inbox,
            saved=policy.retention.saved,
            sight=policy.sight_days,
        )
        if lines := _lines(kept):
            turn.say("privacy-now", body={"lines": lines})


def _lines(kept: Kept) -> list[dict[str, Any]]:
    lines = []
    facts = as_slots(Details(address=kept.person.saved.address))
    if facts.get("address"):
        lines.append(text_of("privacy-kept-address", address={"address": facts["address"]}))
    if kept.person.saved.phone:
        lines.append(text_of("privacy-kept-phone", phone=kept.person.saved.phone))
    if kept.leads:
        lines.append(text_of("privacy-leads"))
    if kept.works:
        lines.append(text_of("privacy-works"))
    if kept.erasure is not None:
        lines.append(text_of("privacy-erasure", when={"moment": kept.erasure.due_at.isoformat()}))
    return lines


def _ways(kept: Kept) -> list[list[Tap]]:
    rows = [[tap_privacy("own-data", "export")]]
    if kept.erasure is None:
        rows.append([tap_privacy("erase", "erase")])
    elif kept.erasure.begun_at is None:
        rows.append([tap_privacy("erase-undo", "undo")])
    if kept.person.saved != Details():
        rows.append([tap_privacy("forget-saved", "forget")])
    if kept.person.consented_at is not None:
        rows.append([tap_privacy("withdraw", "withdraw")])
    return rows


class ExportOwn(CaseAction):
    """「把我的数据给我」"""

    action_name = "action_export_own_data"

    async def act(self, turn: Turn) -> None:
        """The files come by themselves."""
        coming = await turn.scope.cases(AskOwnData)(turn.scope.actor)
        turn.say("own-data-coming" if coming else "own-data-elsewhere", phone=turn.scope.community.duty_phone)


class AskErase(CaseAction):
    """「删掉我的信息」: says what goes and what must stay; nothing is done yet."""

    action_name = "action_ask_erase"

    async def act(self, turn: Turn) -> None:
        """What is open has to be over first."""
        kept = await turn.scope.cases(SeePrivacy)(turn.scope.actor)
        if kept.erasure is not None:
            when = {"moment": kept.erasure.due_at.isoformat()}
            turn.say("erase-standing", [[tap_privacy("erase-undo", "undo")]], when=when)
            return
        obstacles = await turn.scope.cases(LookAtErasure)(turn.scope.actor)
        if obstacles:
            say_obstacles(turn, obstacles)
            return
        turn.say("erase-what")
        if kept.leads:
            turn.say("erase-leads")
        if kept.works:
            turn.say("erase-works")
        shown = int(turn.scope.now.timestamp() // 60)
        sure = {"word": "button-erase-sure", "args": {}, "kind": "erasure", "data": {"at": shown}}
        turn.say(
            "erase-sure",
            [[sure], [tap_privacy("erase-keep", "keep")]],
            hours=turn.scope.community.policy.erase_after_hours,
        )


def say_obstacles(turn: Turn, obstacles: Obstacles) -> None:
    """What has to be over first, each with a button to it."""
    lines = [text_of("erase-danger")] if obstacles.danger else []
    lines += [text_of("erase-open", number=r.number, item={"item_name": r.item}) for r in obstacles.requests]
    lines += [text_of("erase-organisation", name=o.name) for o in obstacles.organisations]
    rows = [[tap_request("see-request", "show", r, number=r.number)] for r in obstacles.requests[:_NAMED]]
    turn.say("erase-first", rows, body={"lines": lines}, phone=turn.scope.community.duty_phone)


def tap_privacy(word: str, action: str) -> Tap:
    """A button about one's own data."""
    return {"word": f"button-{word}", "args": {}, "kind": "privacy", "data": {"action": action}}


CLASSES = (Privacy, ExportOwn, AskErase)
