"""What a resident says of a filed request unasked: it is another need, or words for whoever works on it."""

from __future__ import annotations

from typing import Any

from casework.entities import Request
from casework.use_cases.between import CorrectNeed
from casework.use_cases.leads import Attachment
from casework.use_cases.residents import AddResidentNote
from handlers.dialogue.actions.base import CaseAction, Turn, tap_menu
from handlers.dialogue.actions.requests import CHANGEABLE, SHOWN, Change, OneRequest, ask_which, mine
from handlers.dialogue.state import Step


class CorrectNeedOf(OneRequest):
    """「不是水管，是暖气」: `value` is {"item": code}."""

    action_name = "action_correct_need"
    kind = "change"
    statuses = CHANGEABLE

    async def on(self, turn: Turn, request: Request, text: str, masked: str, said: dict[str, Any]) -> None:
        """The news of it says old and new. The same item: the words are kept."""
        item = (turn.one("value") or {}).get("item")
        if not item or item == request.item:
            await Change(self.scopes).on(turn, request, text, masked, said)
            return
        await turn.scope.cases(CorrectNeed)(turn.scope.actor, request.id, item, text, masked)


class AddNote(OneRequest):
    """「右边抽屉里」, with nothing asked."""

    action_name = "action_add_note"
    kind = "note"
    statuses = CHANGEABLE

    async def act(self, turn: Turn) -> None:
        """The words name none of several: which is asked."""
        open_ = [r for r in await mine(turn) if r.status in self.statuses]
        if len(open_) > 1 and turn.one("about") is None:
            ask_which(turn, self.kind, open_[:SHOWN])
        else:
            await super().act(turn)

    async def on(self, turn: Turn, request: Request, text: str, masked: str, said: dict[str, Any]) -> None:
        """Says where it went, in case it was meant otherwise."""
        await turn.scope.cases(AddResidentNote)(turn.scope.actor, request.id, text, Attachment(), masked)
        anew = [[tap_menu("note-file-anew", "file", request.item)]]
        turn.say("note-added-unasked", anew, number=request.number, item={"item_name": request.item})


class AskWhichForFiles(CaseAction):
    """A photo or place, while several requests are open: for which? `value` is a list of them."""

    action_name = "action_ask_which_for_files"

    async def act(self, turn: Turn) -> None:
        """What came is kept until the answer."""
        open_ = [r for r in await mine(turn) if r.status in CHANGEABLE][:SHOWN]
        ask_which(turn, "file", open_)
        turn.set(pending={**turn.slot("pending"), "said": {"files": list(turn.one("value") or [])}})


class TakeFiles(OneRequest):
    """The one that they belong to; called by `PickRequest`."""

    action_name = "action_take_files"
    kind = "file"
    statuses = CHANGEABLE

    async def on(self, turn: Turn, request: Request, text: str, masked: str, said: dict[str, Any]) -> None:
        """All that came since it was asked; `said` holds it."""
        for file in said["files"]:
            attached = Attachment(file["id"], file["kind"])
            await turn.scope.cases(AddResidentNote)(turn.scope.actor, request.id, file["caption"], attached)
        turn.say("note-added", number=request.number, item={"item_name": request.item})


class ThisPhone(CaseAction):
    """「就是这个手机」: the number cannot be seen from here."""

    action_name = "action_this_phone"

    async def act(self, turn: Turn) -> None:
        """One that is kept is taken; else it says so, and when it was asked for leaving none is possible."""
        turn.open_form(Step.FORM)
        saved = turn.scope.person.saved.phone
        if saved:
            turn.set(contact=saved)
            turn.say("words-added")
            return
        asked = turn.slot("requested_slot") == "contact"
        turn.say("this-phone", [[turn.tap("no-phone", "skip", "contact")]] if asked else None)
