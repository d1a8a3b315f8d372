"""Hosts the dialogue: hear, decide, run actions in this transaction, answer, remember."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from casework.entities import Person, Request
from casework.permissions import Actor
from casework.statuses import CLOSED, RequestStatus
from casework.use_cases.between import ListQuestions
from casework.use_cases.reading import ListMyRequests
from casework.use_cases.residents import CorrectWords
from handlers.dialogue import engine
from handlers.dialogue.heard import WORDS_KEPT, Heard, Reader, listen, pressed
from handlers.dialogue.needs import details_of
from handlers.dialogue.policy import CONTINUE, LOST, RESUME, decide
from handlers.dialogue.presses import plan_for
from handlers.dialogue.render import Renderer
from handlers.dialogue.scope import Scope, within
from handlers.dialogue.state import DROP_AFTER, FORM, REMIND_AFTER, Dialogue, Step
from handlers.kit.context import Context
from handlers.kit.memory import Memory

#: Open step → the actions that say again what was asked.
_REPEATS: dict[str | None, tuple[str, ...]] = {
    Step.FORM: ("action_back_to", CONTINUE),
    Step.CARD: ("action_show_card",),
    Step.CHOOSE: ("action_repeat_choices",),
    Step.REWORD: ("action_ask_reword",),
    Step.STOP: ("action_ask_stop",),
    Step.SWITCH: ("action_repeat_switch",),
    Step.SAME: ("action_repeat_same",),
}
_MAY_BE_ASKED = frozenset({RequestStatus.OFFERED, RequestStatus.WAITING_RESIDENT})
#: Steps in which something of the resident's is half said.
OPEN = frozenset(_REPEATS)


class Conversation:
    """The dialogue of one private chat within one update."""

    def __init__(
        self, context: Context, actor: Actor, person: Person, reader: Reader, dialogue: Dialogue
    ) -> None:
        self.context = context
        self.actor = actor
        self.person = person
        self.reader = reader
        self.dialogue = dialogue
        self._responses: list[dict[str, Any]] = []

    @classmethod
    async def open(
        cls, context: Context, actor: Actor, person: Person, reader: Reader, memory: Memory
    ) -> Conversation:
        """Load the chat's dialogue. A form left for hours is picked up or dropped."""
        chat_id = person.chat_id or person.id
        dialogue = Dialogue(await memory.of(chat_id), person.id)
        conversation = cls(context, actor, person, reader, dialogue)
        silence = dialogue.touch(context.now)
        if silence > DROP_AFTER or (silence > REMIND_AFTER and dialogue.step not in OPEN):
            dialogue.forget_need()
        elif silence > REMIND_AFTER and dialogue.needs:
            with within(conversation._scope()):
                await conversation._run("action_remind", pressed())
        return conversation

    async def correct(self, before: str, text: str) -> bool:
        """Words that became part of a filed request are written anew; False when they did not."""
        before, text = before.strip()[:WORDS_KEPT], text.strip()[:WORDS_KEPT]
        if self.dialogue.needs or not before:
            return False
        # Whole messages only: a corrected 「1」 is not the 1 of a phone.
        found = [r for r in await self._mine() if f"\n{before}\n" in f"\n{r.description}\n"]
        if not found or before == text:
            return bool(found)
        out, chat = self.context.out, self.person.chat_id or self.person.id
        if found[0].status in CLOSED or found[0].status is RequestStatus.DONE:
            await out.say(chat, "edit-too-late")
            return True
        was, now = self._listen(before), self._listen(text, edited=True)
        new = details_of({k: v for k, v in now.slots.items() if was.slots.get(k) != v})
        old_words, new_words = (before, was.understood.masked), (text, now.understood.masked)
        await self.context.cases(CorrectWords)(self.actor, found[0].id, old_words, new_words, new)
        await out.say(chat, "edit-noted", number=found[0].number)
        return True

    def _listen(self, text: str, *, edited: bool = False, about: int | None = None) -> Heard:
        return listen(
            self.reader,
            text,
            self.context.now.astimezone(ZoneInfo(self.context.community.timezone)),
            self.context.community.compounds,
            self.dialogue,
            self.context.texts.plain("recipient-self"),
            self.context.community.at_home,
            edited=edited,
            about=about,
        )

    async def hear(self, text: str, *, edited: bool = False, about: int | None = None) -> None:
        """Answer a message. An edited one corrects; `about` is the request that it replies to."""
        now = self.context.now
        heard = self._listen(text, edited=edited, about=about)
        self.dialogue.hear(heard.text)
        mine = await self._mine()
        if any(r.status in _MAY_BE_ASKED for r in mine):
            asked = await self.context.cases(ListQuestions)(self.actor)
            heard = heard.with_(asked={request.id: question for request, question in asked})
        plan = decide(heard, self.dialogue, mine, now)
        if LOST.isdisjoint(plan.actions):
            self.dialogue.put("lost", None)
        await self.perform(plan.actions, plan.heard)

    async def press(self, action: str, turn: int, value: str) -> bool:
        """Answer a button. False for one of an older card, which is answered with what is open now."""
        plan, texts = plan_for(action, turn, value, self.dialogue), self.context.texts
        if plan is None or (plan == "words" and not texts.has(f"button-{value}")):
            if self.dialogue.step in OPEN:
                await self.perform(("action_old_button", RESUME), pressed())
            else:
                await self.perform(("action_old_button_nothing_open",), pressed())
            return False
        if plan == "words":
            await self.hear(texts.plain(f"button-{value}"))
        else:
            await self.perform(plan.actions, plan.heard)
        return True

    async def begin(self, item: str) -> None:
        """A need from the menu or a poster: no words yet, but the item is sure."""
        needs = self.dialogue.needs
        if needs and self.dialogue.step in (Step.FORM, Step.CARD, Step.STOP, Step.SWITCH):
            from handlers.dialogue.needs import new_need, position_of

            if position_of(needs, item) is None and not self.dialogue.get("rechoosing"):
                asked = pressed().with_(needs=(new_need(item, "", ""),))
                return await self.perform(("action_ask_switch",), asked)
        return await self.perform(("action_pick_item", CONTINUE), pressed(item))

    async def perform(self, actions: Iterable[str], heard: Heard) -> None:
        """Run actions in order, then send what they answered."""
        with within(self._scope()):
            for action in actions:
                if action == CONTINUE:
                    await self._continue(heard)
                elif action == RESUME:
                    await self._resume(heard)
                else:
                    await self._run(action, heard)
        responses, self._responses = self._responses, []
        await Renderer(self.context).send(self.person.chat_id or self.person.id, responses)

    async def _continue(self, heard: Heard) -> None:
        if not self.dialogue.needs:
            return
        await self._run(f"validate_{FORM}", heard)
        slot = self.dialogue.get("requested_slot")
        await self._run(f"action_ask_{FORM}_{slot}" if slot else "action_show_card", heard)

    async def _resume(self, heard: Heard) -> None:
        if (self.dialogue.get("emergency") or {}).get("ask"):
            return
        for action in _REPEATS.get(self.dialogue.step, ()):
            if action == CONTINUE:
                await self._continue(pressed())
            else:
                await self._run(action, heard)

    async def _run(self, action: str, heard: Heard) -> None:
        events, responses = await engine.run(action, self.dialogue.tracker(heard.message()))
        self.dialogue.apply(events)
        self.dialogue.did(action)
        self._responses += responses

    async def _mine(self) -> list[Request]:
        """The resident's requests; not looked up while a form is open, which does not need them."""
        if self.dialogue.step in (Step.FORM, Step.CARD):
            return []
        return await self.context.cases(ListMyRequests)(self.actor)

    def _scope(self) -> Scope:
        context = self.context
        return Scope(context.cases, self.actor, self.person, context.community, context.now, self._explain)

    def _explain(self, text: str) -> Mapping[str, Any]:
        now = self.context.now.astimezone(ZoneInfo(self.context.community.timezone))
        return self.reader.explain(text[:WORDS_KEPT], now).as_json()
