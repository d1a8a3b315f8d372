"""「提交」: first whether it is on file already, then filing or following."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from casework.errors import NotFound, WrongState
from casework.together.sameness import OVER
from casework.use_cases.alike import FindAlike, SameThing
from casework.use_cases.filing import Draft, GiveConsent
from casework.use_cases.following import FollowRequest
from casework.use_cases.leads import Attachment
from casework.use_cases.reading import ListMyRequests
from casework.use_cases.residents import AddResidentNote
from handlers.dialogue.actions.base import CaseAction, Turn, tap_request, text_of
from handlers.dialogue.actions.filing import remember, submit
from handlers.dialogue.needs import drafts
from handlers.dialogue.state import Step
from handlers.kit.brief import brief

#: So much of somebody else's words helps to know the thing again.
_WORDS_SHOWN = 40


class SubmitRequests(CaseAction):
    """「提交」: consent, file, pass on what was sent along, keep address and phone for next time."""

    action_name = "action_submit_requests"

    async def act(self, turn: Turn) -> None:
        """What may be on file already is asked about first, once a need. The number comes with the news
        that it was filed."""
        await go_on(turn)


async def go_on(turn: Turn) -> None:
    """Ask about the next need that may be on file, or file all that is in hand."""
    ready = drafts(turn.slots, turn.scope.community)
    for position, (need, draft) in enumerate(zip(turn.slot("needs", []), ready, strict=True)):
        if need.get("looked") or not need["words"]:
            continue
        found = await turn.scope.cases(FindAlike)(
            turn.scope.actor, draft.item, draft.summary, draft.details, need.get("not_same") or ()
        )
        if found is not None:
            _ask(turn, position, found)
            return
    await submit(turn, sure=True)


def _ask(turn: Turn, position: int, found: SameThing) -> None:
    turn.set(same={"need": position, "id": found.request.id, **_facts(found)}, step=Step.SAME)
    _say(turn)


def _facts(found: SameThing) -> dict[str, Any]:
    """What the question shows, in JSON; nothing of it is private."""
    request = found.request
    words = request.description[:_WORDS_SHOWN] if found.own else brief(request, _WORDS_SHOWN)
    where = {} if found.own else asdict(request.details.address)
    return {
        "kind": "own" if found.own else "mine" if found.mine else "shared",
        "people": found.people,
        "number": request.number,
        "item": request.item,
        "words": words,
        "address": where if any(where.values()) else None,
        "at": request.created_at.isoformat(),
        "status": request.status.value,
    }


def _say(turn: Turn) -> None:
    same = turn.slot("same", {})
    buttons = [
        [turn.tap(f"same-yes-{same['kind']}", "same_yes", same["id"])],
        [turn.tap("same-no", "same_no", same["id"])],
    ]
    place = text_of("same-place", address={"address": same["address"]}) if same["address"] else ""
    turn.say(
        f"same-{same['kind']}",
        buttons,
        people=same["people"],
        number=same["number"],
        item={"item_name": same["item"]},
        place=place,
        words=same["words"],
        when={"moment": same["at"]},
        status=text_of(f"same-status-{same['status']}"),
    )


class RepeatSame(CaseAction):
    """The question again."""

    action_name = "action_repeat_same"

    async def act(self, turn: Turn) -> None:
        """Nothing to ask when it was forgotten meanwhile."""
        if turn.slot("same"):
            turn.set(step=Step.SAME)
            _say(turn)


class FollowSame(CaseAction):
    """「是，跟着它」"""

    action_name = "action_follow_same"

    async def act(self, turn: Turn) -> None:
        """Followed, or the words added to one's own; other needs in hand go on. What was closed meanwhile is
        filed after all."""
        taken = _take_out(turn)
        if taken is None:
            turn.say("nothing-open")
            return
        same, need, draft = taken
        await turn.scope.cases(GiveConsent)(turn.scope.actor)
        try:
            await _join(turn, same, draft)
        except (NotFound, WrongState):
            needs = turn.slot("needs", [])
            turn.set(needs=[*needs, {**need, "looked": True}])
        if turn.slot("needs"):
            await go_on(turn)
            return
        await remember(turn, draft.details)
        turn.forget_need()


class FileAnyway(CaseAction):
    """「不是，另外报」"""

    action_name = "action_file_anyway"

    async def act(self, turn: Turn) -> None:
        """Asked once a need: what else looks like it is for workers to see."""
        same = turn.slot("same")
        if not same:
            turn.say("nothing-open")
            return
        needs = list(turn.slot("needs", []))
        if same["need"] < len(needs):
            need = needs[same["need"]]
            needs[same["need"]] = {
                **need,
                "looked": True,
                "not_same": [*need.get("not_same", []), same["id"]],
            }
        turn.set(needs=needs, same=None)
        await go_on(turn)


def _take_out(turn: Turn) -> tuple[dict[str, Any], dict[str, Any], Draft] | None:
    """The open question with its need and draft, which are not in hand any more."""
    same, needs = turn.slot("same"), list(turn.slot("needs", []))
    if not same or same["need"] >= len(needs):
        return None
    draft = drafts(turn.slots, turn.scope.community)[same["need"]]
    need = needs.pop(same["need"])
    turn.set(needs=needs, same=None)
    return same, need, draft


async def _join(turn: Turn, same: dict[str, Any], draft: Draft) -> None:
    cases, actor = turn.scope.cases, turn.scope.actor
    files = tuple(Attachment(f["id"], f["kind"]) for f in turn.slot("files", []))
    if same["kind"] != "own":
        await cases(FollowRequest)(actor, same["id"], draft.description, draft.summary, draft.details, files)
        if same["kind"] == "mine":
            turn.say("same-followed-already", number=same["number"])
        return
    own = next((r for r in await cases(ListMyRequests)(actor) if r.id == same["id"]), None)
    if own is None or own.status in OVER:
        raise NotFound(what="request", id=same["id"])
    await cases(AddResidentNote)(actor, own.id, draft.description, Attachment())
    for file in files:
        await cases(AddResidentNote)(actor, own.id, "", file)
    show = [[tap_request("see-request", "show", own, number=own.number)]]
    turn.say("same-added", show, number=own.number, item={"item_name": own.item})
