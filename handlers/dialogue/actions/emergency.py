"""Danger to life: the number first, filed with whatever is known, then only what helpers need to come."""

from __future__ import annotations

from datetime import datetime

from casework.entities import Details, Request
from casework.statuses import CLOSED, RequestStatus
from casework.use_cases.filing import FileEmergency
from casework.use_cases.leads import Attachment
from casework.use_cases.reading import SeeRequest
from casework.use_cases.residents import AddResidentNote, CancelRequest, ChangeRequest
from handlers.dialogue.actions.base import CaseAction, Tap, Turn, text_of
from handlers.dialogue.needs import as_slots, details_of
from handlers.dialogue.state import EMERGENCY_LASTS

HOTLINES = ("120", "119", "110", "12356")
#: Where a message speaks of danger but of no service.
_ITEM = {"120": "aid_rescue", "119": "aid_rescue", "110": "saf_patrol", "12356": "med_psych"}


def details_now(turn: Turn) -> Details:
    """Everything said in this dialogue; what is kept from earlier is only offered."""
    return details_of(turn.slots).merged_with(details_of(turn.said()))


class RaiseEmergency(CaseAction):
    """Answers with the numbers, files, and calls everybody who can help."""

    action_name = "action_raise_emergency"

    async def act(self, turn: Turn) -> None:
        """A second message of the same emergency joins the first request."""
        from nlu.dangers import recognise
        from nlu.normalise import normalise

        heard = tuple(h for h in turn.message["metadata"]["hotlines"] if h in HOTLINES)
        danger, numbers = recognise(normalise(turn.text), heard)
        hotlines = list(numbers)
        first = await _running(turn, hotlines)
        say_hotlines(turn, danger, hotlines)
        if first:
            await _join(turn, first)
            turn.say("emergency-joined")
            ask_missing(turn, first.details.merged_with(details_of(turn.said())))
            return
        details = details_now(turn)
        request = await turn.scope.cases(FileEmergency)(
            turn.scope.actor,
            self._item(turn, danger, hotlines),
            turn.text,
            turn.masked,
            details,
            tuple(hotlines),
            turn.scope.explain(turn.text) if turn.scope.explain and turn.text else None,
        )
        turn.set(emergency={"id": request.id, "at": turn.scope.now.isoformat(), "hotlines": hotlines})
        called = request.status is RequestStatus.OFFERED
        turn.say("emergency-filed" if called else "emergency-filed-workers", number=request.number)
        ask_missing(turn, details)

    def _item(self, turn: Turn, danger: str, hotlines: list[str]) -> str:
        if danger and hotlines[0] == "120":
            # Who lies there unconscious is not to be visited and cheered up.
            return _ITEM["120"]
        needs = turn.message["intent_ranking"]
        best = needs[0] if needs and needs[0]["confidence"] >= 0.5 else None
        return best["name"] if best else _ITEM[hotlines[0]]


def say_hotlines(turn: Turn, danger: str, hotlines: list[str]) -> None:
    """The numbers in the first line, what to do about this danger, and cards to tap."""
    what = text_of(f"danger-{danger}") if danger else text_of(f"emergency-do-{hotlines[0]}")
    turn.say("emergency-call", numbers="、".join(hotlines), what=what)
    for hotline in hotlines:
        turn.call(hotline, f"hotline-{hotline}")


async def _running(turn: Turn, hotlines: list[str]) -> Request | None:
    """The emergency of the last half hour that this message is about; another danger is another emergency."""
    known = turn.slot("emergency")
    if not known or not set(hotlines) & set(known["hotlines"]):
        return None
    if turn.scope.now - datetime.fromisoformat(known["at"]) > EMERGENCY_LASTS:
        return None
    request = (await turn.scope.cases(SeeRequest)(turn.scope.actor, known["id"])).request
    return None if request.status in CLOSED else request


async def _join(turn: Turn, request: Request) -> None:
    """New facts change the request at once; words alone become a note."""
    said = details_of(turn.said())
    if request.status is not RequestStatus.DONE and request.details.merged_with(said) != request.details:
        await turn.scope.cases(ChangeRequest)(turn.scope.actor, request.id, said, turn.text, turn.masked)
    elif turn.text:
        await turn.scope.cases(AddResidentNote)(turn.scope.actor, request.id, turn.text, Attachment())


def ask_missing(turn: Turn, details: Details) -> None:
    """Only the place and the phone, one after the other. The place is asked for twice, the phone once."""
    known = dict(turn.slot("emergency"))
    before: list[str] = known.get("asked", [])
    asked = None
    if not details.address.findable and before.count("address") < 2:
        asked = "address"
    elif not details.phone and "contact" not in before:
        asked = "contact"
    known["ask"] = asked
    known["asked"] = [*before, asked] if asked else before
    turn.set(emergency=known)
    if asked:
        again = "-again" if asked in before else ""
        turn.say(f"emergency-ask-{asked}{again}", _saved(turn, asked))


def _saved(turn: Turn, asked: str) -> list[list[Tap]]:
    saved = turn.scope.person.saved
    if asked == "address" and saved.address:
        address = {"address": as_slots(saved)["address"]}
        return [[turn.tap("saved-address", "rescue", "address", address=address)]]
    if asked == "contact" and saved.phone:
        return [[turn.tap("saved-phone", "rescue", "contact", phone=saved.phone)]]
    return []


class UpdateEmergency(CaseAction):
    """Later details of an emergency go to the helpers at once."""

    action_name = "action_update_emergency"

    async def act(self, turn: Turn) -> None:
        """Also the kept address or phone when its button was tapped (`value`)."""
        known = turn.slot("emergency")
        request = (await turn.scope.cases(SeeRequest)(turn.scope.actor, known["id"])).request
        if request.status in CLOSED:
            turn.set(emergency=None)
            turn.say("emergency-closed", number=request.number)
            return
        said = details_of(turn.said())
        saved = turn.scope.person.saved
        if turn.one("value") == "address":
            said = Details(address=saved.address)
        elif turn.one("value") == "contact":
            said = Details(phone=saved.phone)
        if request.details.merged_with(said) != request.details and request.status is not RequestStatus.DONE:
            await turn.scope.cases(ChangeRequest)(turn.scope.actor, request.id, said, turn.text, turn.masked)
        elif turn.text:
            await turn.scope.cases(AddResidentNote)(turn.scope.actor, request.id, turn.text, Attachment())
        turn.say("emergency-passed-on", numbers="、".join(known["hotlines"]))
        ask_missing(turn, request.details.merged_with(said))


class AskEmergencyOver(CaseAction):
    """「没事了」: asked once more before the helpers are sent home."""

    action_name = "action_ask_emergency_over"

    async def act(self, turn: Turn) -> None:
        """Yes by button or by word."""
        known = dict(turn.slot("emergency"))
        turn.set(emergency={**known, "over_asked": True})
        turn.say(
            "emergency-over",
            [[turn.tap("emergency-over", "over"), turn.tap("emergency-not-over", "not_over")]],
        )


class CancelEmergency(CaseAction):
    """A false alarm, or over."""

    action_name = "action_cancel_emergency"

    async def act(self, turn: Turn) -> None:
        """Helpers are told; the resident can take it back from the message that says so."""
        known = turn.slot("emergency")
        turn.set(emergency=None)
        if not known:
            turn.say("nothing-open")
            return
        request = (await turn.scope.cases(SeeRequest)(turn.scope.actor, known["id"])).request
        if request.status in CLOSED or request.status is RequestStatus.DONE:
            turn.say("emergency-closed", number=request.number)
            return
        await turn.scope.cases(CancelRequest)(turn.scope.actor, request.id, turn.text[:100])


class EmergencyGoesOn(CaseAction):
    """Not over."""

    action_name = "action_emergency_goes_on"

    async def act(self, turn: Turn) -> None:
        """Says the numbers again."""
        known = dict(turn.slot("emergency") or {"hotlines": ["120"]})
        known.pop("over_asked", None)
        if "id" in known:
            turn.set(emergency=known)
        turn.say("emergency-passed-on", numbers="、".join(known["hotlines"]))
