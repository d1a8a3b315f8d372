"""Runs our actions for a Rasa installation: each call in one transaction, answered in words and buttons."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot import errors
from bot.frame import Frame
from bot.rasa.channel import Kept, in_words, responses
from bot.rasa.heard import Press, RasasEar, dialogue_of, press_of, this_turn
from bot.telling import tell
from casework.elsewhere import person_of
from casework.entities import Person
from casework.errors import CaseworkError
from casework.permissions import Actor, Role
from handlers.dialogue import engine
from handlers.dialogue.heard import Heard, listen, needs_of, pressed, share_out
from handlers.dialogue.policy import CONTINUE, LOST, RESUME, Plan, in_danger
from handlers.dialogue.presses import plan_for
from handlers.dialogue.render import Renderer
from handlers.dialogue.scope import Scope, within
from handlers.dialogue.state import FORM, Dialogue, Step
from handlers.kit.callbacks import MyRequestCD
from handlers.kit.context import Context
from handlers.kit.outgoing import Outgoing

if TYPE_CHECKING:
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

#: So many characters beside the facts say nothing else.
_FEW = 2
#: A card submitted again within this time is the same one; later somebody may want the same once more.
_A_MOMENT = timedelta(hours=1)
#: What files, or follows instead of filing.
FILES = frozenset({"action_submit_requests", "action_file_anyway", "action_follow_same"})
VALIDATE = f"validate_{FORM}"
#: What Rasa calls while it works on the form or after it; a button is never behind these alone.
_OF_THE_FORM = (VALIDATE, f"action_ask_{FORM}_", "action_show_card")


@dataclass(slots=True)
class Turn:
    """One call: who speaks, what the tracker holds, and what will be answered."""

    context: Context
    person: Person
    actor: Actor
    dialogue: Dialogue
    kept: Kept
    events: list[dict[str, Any]]

    async def run(self, action: str, heard: Heard) -> None:
        """Run an action and note what it changed and said."""
        scope = Scope(self.context.cases, self.actor, self.person, self.context.community, self.context.now)
        with within(scope):
            events, said = await engine.run(action, self.dialogue.tracker(heard.message()))
        self.dialogue.apply(events)
        # Which form is active is Rasa's own business here.
        self.events += [event for event in events if event["event"] != "active_loop"]
        await Renderer(self.context).send(self.person.id, said)

    def set(self, name: str, value: Any) -> None:
        """Set a slot of Rasa's."""
        event = {"event": "slot", "name": name, "value": value, "timestamp": None}
        self.dialogue.apply([event])
        self.events.append(event)


class Host:
    """Plays the part of the bot towards Rasa: transactions, danger first, old buttons, announcements."""

    def __init__(self, db: Database, frame: Frame) -> None:
        self._db = db
        self._frame = frame

    async def answer(
        self, action: str, sender: str, tracker: dict[str, Any]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Run an action on Rasa's tracker. Returns Rasa's events and responses; a fault is told kindly."""
        try:
            return await self._in_transaction(action, sender, tracker)
        except Exception as error:  # noqa: BLE001 - whoever speaks always gets an answer, and it is no traceback
            texts = self._frame.texts
            if isinstance(error, CaseworkError):
                return [], [in_words(errors.sentence(texts, error))]
            log.error("%s could not be run: %s", action, errors.trace(error))
            return [], [in_words(texts.plain("error-not-kept"))]

    async def _in_transaction(
        self, action: str, sender: str, tracker: dict[str, Any]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        async with self._db.transaction(self._frame.community.id) as uow:
            turn = await self._open(uow, person_of("rasa", sender), tracker)
            news = await uow.outbox.fetch(turn.person.id, turn.context.now)
            await self._answer(turn, action, tracker)
            await tell(turn.context)
            await uow.commit()
        return turn.events, responses([*((one.method, one.payload) for one in news), *turn.kept.said])

    async def _open(self, uow: UnitOfWork, person_id: int, tracker: dict[str, Any]) -> Turn:
        frame = self._frame
        kept = Kept(uow.outbox, person_id)
        context = Context(uow, frame.clock, frame.community, Outgoing(kept, frame.texts), frame.admins)
        person = await uow.people.get(person_id)
        if person is None:
            person = Person(person_id, frame.community.id, chat_id=person_id)
            await uow.people.save(person)
        # Whatever is written through Rasa, it is a resident's.
        actor = Actor(person_id, frame.community.id, frozenset({Role.RESIDENT}))
        return Turn(context, person, actor, dialogue_of(tracker, person_id), kept, [])

    async def _answer(self, turn: Turn, action: str, tracker: dict[str, Any]) -> None:
        before = this_turn(tracker)
        if any(event.get("event") == "slot" and event.get("name") == "emergency" for event in before):
            # Danger has been answered; what else Rasa had in mind for these words must not follow it.
            _hold(turn)
            return
        message = tracker.get("latest_message") or {}
        press = press_of(message)
        heard = _pressed(press) if press else self._listen(turn, message)
        danger = None if press else in_danger(heard, turn.dialogue, turn.context.now)
        if danger:
            await _rescue(turn, danger)
        elif turn.person.muted:
            _hold(turn)
        elif press and not action.startswith(_OF_THE_FORM) and not _counts(press, action, turn.dialogue):
            still_open = turn.dialogue.needs or turn.dialogue.get("doubt")
            await turn.run("action_old_button" if still_open else "action_old_button_nothing_open", heard)
        else:
            if turn.dialogue.get("lost") and action not in LOST:
                turn.set("lost", None)
            action = "action_keep_details" if _only_facts(action, heard, turn.dialogue) else action
            if action in FILES and await _filed_before(turn):
                # Rasa never heard our answer, and still holds what we have filed.
                await turn.run("action_drop_need", heard)
                action = "action_answer_status"
            await turn.run(action, _with_answer(action, heard, turn.dialogue))
            if turn.dialogue.step == Step.SAME:
                # Asked whether it is on file already: nothing was filed yet.
                await turn.context.uow.trackers.save(turn.person.id, {})

    def _listen(self, turn: Turn, message: dict[str, Any]) -> Heard:
        context = turn.context
        community = context.community
        text = str(message.get("text") or "")
        heard = listen(
            RasasEar(self._frame.seat.reader, message, community.catalogue),
            # `/my` is an intent, not words.
            "" if text.startswith("/") else text,
            context.now.astimezone(ZoneInfo(community.timezone)),
            community.compounds,
            turn.dialogue,
            context.texts.plain("recipient-self"),
            community.at_home,
        )
        return share_out(heard.with_(needs=tuple(needs_of(heard.understood, heard.text))))


def _hold(turn: Turn) -> None:
    """Say nothing more in this turn; an open form keeps its question."""
    turn.set("requested_slot", turn.dialogue.get("requested_slot"))


async def _rescue(turn: Turn, danger: Plan) -> None:
    """What danger asks for instead of what Rasa has chosen."""
    for action in danger.actions:
        if action not in (CONTINUE, RESUME):
            await turn.run(action, danger.heard)
    if not any(event.get("name") == "emergency" for event in turn.events):
        # By this the later calls of the same turn know.
        turn.set("emergency", turn.dialogue.get("emergency"))
    _hold(turn)


def _pressed(press: Press) -> Heard:
    heard = pressed(press.value or None)
    if press.kind == "request" and press.value.isdecimal():
        return heard.with_(about=int(press.value))
    return heard


def _counts(press: Press, action: str, dialogue: Dialogue) -> bool:
    """Whether the button may cause this action now; Rasa lets anybody write any `/press_…`."""
    if press.kind == "request":
        try:
            MyRequestCD(action=press.action, id=press.value)  # type: ignore[arg-type]
        except ValidationError:
            return False
        return True
    found = plan_for(press.action, press.turn, press.value, dialogue)
    return found is not None and found != "words" and action in found.actions


async def _filed_before(turn: Turn) -> bool:
    """Whether this very card was submitted a moment ago; else it is noted, in the same transaction."""
    shown = json.dumps([turn.dialogue.turn, turn.dialogue.needs], sort_keys=True)
    card = sha256(shown.encode(errors="surrogatepass")).hexdigest()
    trackers, now = turn.context.uow.trackers, turn.context.now
    last = (await trackers.load(turn.person.id) or {}).get("submitted")
    if last and last["card"] == card and now - datetime.fromisoformat(last["at"]) < _A_MOMENT:
        return True
    await trackers.save(turn.person.id, {"submitted": {"card": card, "at": now.isoformat()}})
    return False


def _only_facts(action: str, heard: Heard, dialogue: Dialogue) -> bool:
    """Address or phone before the need, which Rasa takes for a service in doubt or for noise."""
    in_doubt = action in ("action_offer_choices", "action_noise", "action_not_understood")
    return in_doubt and bool(heard.slots) and heard.beside <= _FEW and not dialogue.needs


def _with_answer(action: str, heard: Heard, dialogue: Dialogue) -> Heard:
    """A yes in words to the question whether to take a request back: its button would carry the id."""
    if action == "action_cancel_confirmed" and heard.value is None and dialogue.step == Step.CANCEL:
        return heard.with_(value=(dialogue.get("pending") or {}).get("ids", [None])[0])
    return heard
