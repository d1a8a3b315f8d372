"""What a resident says about requests that are filed already: where they stand, hurry, change, not solved."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from casework.entities import Details, Request
from casework.statuses import CLOSED, IN_WORK, RequestStatus
from casework.use_cases.reading import ListMyRequests
from casework.use_cases.residents import (
    CancelRequest,
    ChangeRequest,
    RestoreRequest,
    UrgeRequest,
)
from handlers.dialogue import words
from handlers.dialogue.actions.base import CaseAction, Turn, line_of, tap_menu, tap_request, text_of
from handlers.dialogue.actions.filing import remember
from handlers.dialogue.actions.needs import shown
from handlers.dialogue.needs import as_slots, details_of
from handlers.dialogue.places import joined
from handlers.dialogue.state import Step

#: Instead of an id: all that were named; for what may well concern several, as a new telephone does.
ALL = 0
FOR_ALL = frozenset({"change", "urge", "note", "file"})
#: So many requests are named in one answer.
SHOWN = 5
CHANGEABLE = frozenset(RequestStatus) - CLOSED - {RequestStatus.DONE}
_NOBODY_YET = frozenset({RequestStatus.SUBMITTED, RequestStatus.TRIAGE, RequestStatus.OFFERED})
_CANCELLABLE = _NOBODY_YET | IN_WORK


async def mine(turn: Turn) -> list[Request]:
    """The resident's requests, newest first."""
    return await turn.scope.cases(ListMyRequests)(turn.scope.actor)


def meant(turn: Turn, requests: list[Request]) -> list[Request]:
    """Those the message may be about: one, when it names its number, its item or its words; else all."""
    about = turn.one("about")
    for request in requests:
        if request.number in turn.text or request.id == about:
            return [request]
    items = {r["name"] for r in turn.message.get("intent_ranking", [])[:1] if r["confidence"] >= 0.5}
    by_item = [r for r in requests if r.item in items]
    if len(by_item) == 1:
        return by_item
    catalogue = turn.scope.community.catalogue
    # What was added later, and facts that several share, name none of them.
    told_first = [r.description.partition("\n")[0] for r in requests]
    wordings = [f"{w} {catalogue.item(r.item).name}" for w, r in zip(told_first, requests, strict=True)]
    named = words.named_by(_beside_facts(turn), wordings) if len(requests) > 1 else None
    return requests if named is None else [requests[named]]


def _beside_facts(turn: Turn) -> str:
    """The words without the facts in them."""
    said, text = turn.said(), turn.text
    for fact in (
        said.get("time", {}).get("expr"),
        said.get("recipient"),
        said.get("address", {}).get("place"),
    ):
        text = text.replace(fact, "") if fact else text
    return words.beside_facts(text)


def _next(turn: Turn, request: Request) -> dict[str, Any]:
    """What happens next with a request, in words."""
    if request.urgent and request.status in _NOBODY_YET:
        return text_of("next-urgent")
    due = request.resolve_due if request.status in IN_WORK else request.answer_due
    if request.status in (RequestStatus.OFFERED, RequestStatus.ACCEPTED, RequestStatus.IN_PROGRESS) and due:
        late = "-late" if due < turn.scope.now else ""
        return text_of(f"next-{request.status}{late}", when={"moment": due.isoformat()})
    return text_of(f"next-{request.status}-plain")


class AnswerStatus(CaseAction):
    """How far it is."""

    action_name = "action_answer_status"

    async def act(self, turn: Turn) -> None:
        """The one asked for, else all open ones, else the latest."""
        requests = await mine(turn)
        if not requests:
            if turn.slot("needs"):
                turn.say("status-none-yet")
            else:
                turn.say("status-none", [[tap_menu("all-services")]])
            return
        still = [r for r in requests if r.status not in CLOSED]
        shown = meant(turn, still or requests[:1])[:SHOWN]
        lines = [text_of("status-line", line=line_of(r), next=_next(turn, r)) for r in shown]
        rows = [[tap_request("see-request", "show", r, number=r.number)] for r in shown]
        turn.say("status-answer", rows, lines={"lines": lines})


class OneRequest(CaseAction):
    """An act on one filed request; asks which when several may be meant."""

    kind: str
    statuses: frozenset[RequestStatus]

    async def act(self, turn: Turn) -> None:
        """Acts at once when it is clear."""
        candidates = [r for r in await mine(turn) if r.status in self.statuses]
        found = meant(turn, candidates)
        if not found:
            await self.none(turn)
        elif len(found) == 1:
            await self.on(turn, found[0], turn.text, turn.masked, turn.said())
        else:
            ask_which(turn, self.kind, found[:SHOWN])

    async def none(self, turn: Turn) -> None:
        """There is nothing that it could be about."""
        turn.say(f"{self.kind}-none", [[tap_menu("all-services")]])

    async def on(self, turn: Turn, request: Request, text: str, masked: str, said: dict[str, Any]) -> None:
        """Do it."""
        raise NotImplementedError


def ask_which(turn: Turn, kind: str, requests: list[Request]) -> None:
    """Which of these is meant."""
    ids = [r.id for r in requests]
    turn.ask(Step.PICK, kind=kind, ids=ids, text=turn.text, said=turn.said(), masked=turn.masked)
    rows = [
        [turn.tap("pick-request", "pick", r.id, n=n, item={"item_name": r.item}, number=r.number[-4:])]
        for n, r in enumerate(requests, start=1)
    ]
    if kind in FOR_ALL:
        rows.append([turn.tap("pick-all", "pick", ALL)])
    turn.say(f"{kind}-which", rows, lines={"lines": [line_of(r) for r in requests]})


class Urge(OneRequest):
    """「催办」"""

    action_name = "action_urge"
    kind = "urge"
    statuses = frozenset(RequestStatus) - CLOSED - {RequestStatus.DONE}

    async def on(self, turn: Turn, request: Request, text: str, masked: str, said: dict[str, Any]) -> None:
        """Counted and passed on."""
        urged = await turn.scope.cases(UrgeRequest)(turn.scope.actor, request.id)
        if urged.urges == request.urges:
            most = turn.scope.community.policy.urges_a_day
            item, next_ = {"item_name": urged.item}, _next(turn, urged)
            turn.say("urge-enough", count=most, number=urged.number, item=item, next=next_)
            return
        turn.say("urged", number=urged.number, item={"item_name": urged.item}, next=_next(turn, urged))


class CancelOwn(OneRequest):
    """Take a filed request back: always asked first."""

    action_name = "action_cancel_request"
    kind = "cancel"
    statuses = _CANCELLABLE

    async def on(self, turn: Turn, request: Request, text: str, masked: str, said: dict[str, Any]) -> None:
        """Asks for a yes."""
        turn.ask(Step.CANCEL, kind="cancel", ids=[request.id], text=text)
        buttons = [[tap_request("cancel-yes", "cancel_yes", request), turn.tap("cancel-no", "forget")]]
        turn.say("cancel-sure", buttons, number=request.number, item={"item_name": request.item})


class CancelConfirmed(CaseAction):
    """Yes, take it back."""

    action_name = "action_cancel_confirmed"

    async def act(self, turn: Turn) -> None:
        """The message that tells of it has a button to restore."""
        pending = turn.answered()
        await turn.scope.cases(CancelRequest)(
            turn.scope.actor, int(turn.one("value")), pending.get("text", "")
        )


class RestoreOwn(CaseAction):
    """It was taken back by mistake; where Rasa hosts the dialogue, the news of it leads here."""

    action_name = "action_restore_request"

    async def act(self, turn: Turn) -> None:
        """`value` is its id. The news that it is open again says the rest."""
        await turn.scope.cases(RestoreRequest)(turn.scope.actor, int(turn.one("value")))


class KeepRequest(CaseAction):
    """No, keep it."""

    action_name = "action_keep_request"

    async def act(self, turn: Turn) -> None:
        """Nothing changes."""
        turn.answered()
        turn.say("cancel-kept")


class ForgetQuestion(CaseAction):
    """The resident went on to something else."""

    action_name = "action_forget_question"

    async def act(self, turn: Turn) -> None:
        """Drops what was asked."""
        turn.answered()


class Change(OneRequest):
    """Another time, address or phone, or more words, for an open request."""

    action_name = "action_change_request"
    kind = "change"
    statuses = CHANGEABLE

    async def none(self, turn: Turn) -> None:
        """What is said to be done can be said not to be."""
        done = [r for r in await mine(turn) if r.status is RequestStatus.DONE]
        if not done:
            await super().none(turn)
            return
        rows = [[tap_request("solved", "solved", done[0]), tap_request("unsolved", "unsolved", done[0])]]
        turn.say("change-done", rows, number=done[0].number, item={"item_name": done[0].item})

    async def on(self, turn: Turn, request: Request, text: str, masked: str, said: dict[str, Any]) -> None:
        """Tells what was and what is. 「改一下时间」 is asked what to."""
        from nlu.normalise import normalise

        new = details_of(said)
        if not said and words.names_only_what_to_change(normalise(text)):
            turn.ask(Step.NOTE, kind="change", ids=[request.id])
            turn.say("change-to-what", number=request.number, item={"item_name": request.item})
            return
        known, plain = request.details.address, normalise(text)
        new = replace(new, address=joined(known, new.address, plain)) if new.address else new
        changed = await turn.scope.cases(ChangeRequest)(
            turn.scope.actor, request.id, new, text, masked, elsewhere=True
        )
        if new.phone:
            await remember(turn, Details(phone=new.phone))
        before, after = as_slots(request.details), as_slots(changed.details)
        lines = [
            text_of(
                "changed-line",
                what=text_of(f"field-{k}"),
                old=_shown(k, before.get(k)),
                new=_shown(k, after[k]),
            )
            for k in after
            if before.get(k) != after[k]
        ]
        key = "changed" if lines else "changed-words"
        args: dict[str, Any] = {"lines": {"lines": lines}} if lines else {}
        turn.say(key, number=changed.number, item={"item_name": changed.item}, **args)
        lost = request.details.address.room and not changed.details.address.room
        if lost and changed.details.address.building and turn.scope.community.at_home(changed.item):
            turn.say("changed-ask-door", building={"address": asdict(changed.details.address)})


def _shown(slot: str, value: Any) -> Any:
    return text_of("unknown-before") if value is None else shown(slot, value)


class PickRequest(CaseAction):
    """The one that was meant."""

    action_name = "action_pick_request"

    def __init__(self, scopes: Any) -> None:
        super().__init__(scopes)
        from handlers.dialogue.actions.between import AddNote, TakeFiles

        self._kinds = {kind.kind: kind(scopes) for kind in (Urge, CancelOwn, Change, AddNote, TakeFiles)}

    async def act(self, turn: Turn) -> None:
        """`value` is its id, or ALL; goes on with what was asked for."""
        pending = turn.answered()
        picked = int(turn.one("value"))
        wanted = pending.get("ids", []) if picked == ALL else [picked]
        chosen = [r for r in await mine(turn) if r.id in wanted]
        if not chosen or pending.get("kind") not in self._kinds:
            turn.say("nothing-open")
            return
        kind = self._kinds[pending["kind"]]
        still = [r for r in chosen if r.status in kind.statuses]
        if not still:
            turn.say(f"{kind.kind}-none", [[tap_menu("all-services")]])
        for request in still:
            await kind.on(turn, request, pending["text"], pending["masked"], pending["said"])
