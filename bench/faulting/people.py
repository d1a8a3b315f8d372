"""Residents and leads with phones, busy through the playground's control API."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any

from bench.faulting.replicas import Messenger

#: Needs that the reader mostly files without asking which service is meant.
NEEDS = (
    "想请人上门给我妈理发",
    "想找人每天中午给我爸送饭",
    "楼道的灯坏了，请派人来修",
    "想学用智能手机，想找人教",
    "想请志愿者陪我妈去医院看病",
    "家里冰箱不制冷了，想找人来修",
    "想请人上门给我妈洗澡",
)
#: A lead presses the first of these that is there; so work is finished before new work is begun.
LEAD_PRESSES = ("跳过", "2人", "1小时", "完成", "开始", "接单")
_LOOK_EVERY = 0.3
#: An impatient person presses again after so many looks without a change.
_PATIENCE = 12
#: Seconds without a word of the bot after which a person goes away.
_LOST_PATIENCE = 300.0


class GaveUp(Exception):
    """Nothing happened for so long that the person went away."""


@dataclass
class Phone:
    """One person's private chat with the bot, as far as it is known."""

    messenger: Messenger
    who: int
    dice: random.Random
    entries: dict[int, dict[str, Any]] = field(default_factory=dict)
    _revision: int = 0
    _since: int = 0
    _news_at: float = 0.0

    def begin_anew(self) -> None:
        """Forget the buttons so far: a card that a kill made the bot send twice keeps its button for ever."""
        self._since = self.newest()
        self._news_at = time.monotonic()

    async def look(self) -> None:
        """Read what is new."""
        news = await self.messenger.get(f"transcript/{self.who}?after={self._revision}")
        self._revision = news["revision"]
        self.entries |= {entry["message"]["message_id"]: entry for entry in news["entries"]}
        if any(entry["by_bot"] for entry in news["entries"]):
            self._news_at = time.monotonic()

    def check_patience(self, seconds: float) -> None:
        """Raises GaveUp when the bot has said nothing for that long."""
        if time.monotonic() - self._news_at > seconds:
            raise GaveUp

    def buttons(self, words: str) -> list[tuple[int, str]]:
        """(message, words) of all buttons since the beginning that hold these words, newest last."""
        found = []
        for number, entry in sorted(self.entries.items()):
            if number <= self._since:
                continue
            rows = entry["message"].get("reply_markup", {}).get("inline_keyboard", [])
            found += [(number, b["text"]) for row in rows for b in row if words in b["text"]]
        return found

    def newest_question(self) -> tuple[int, str] | None:
        """The first button of the newest thing the bot said."""
        return next((b for b in self.buttons("") if b[0] == self.newest()), None)

    def newest(self) -> int:
        """The number of the newest message of the bot."""
        return max((n for n, entry in self.entries.items() if entry["by_bot"]), default=0)

    async def say(self, words: str) -> None:
        """Write, as soon as the person can (who has blocked the bot cannot)."""
        while await self.messenger.post("send", **{"from": self.who, "text": words}) is None:
            await self.pause()

    async def press(self, button: tuple[int, str]) -> None:
        await self.messenger.post("press", **{"from": self.who, "message_id": button[0], "text": button[1]})

    async def pause(self) -> None:
        await asyncio.sleep(_LOOK_EVERY * self.dice.uniform(0.5, 1.5))


@dataclass
class Resident:
    """Needs something again and again; each need has a phone number of its own, by which it is known.

    `begun` holds the numbers of all needs, `filed` of those that somebody saw to.
    """

    phone: Phone
    number: int
    patience: float = _LOST_PATIENCE
    begun: list[str] = field(default_factory=list)
    filed: list[str] = field(default_factory=list)
    finished: int = 0
    given_up: int = 0

    async def live(self, stop: asyncio.Event) -> None:
        """One story after another until told to stop; the story begun is told to its end."""
        try:
            while not stop.is_set():
                await self.tell_story()
        except GaveUp:
            # Beginning anew would mix two stories: what comes late would answer the wrong one.
            self.given_up += 1

    async def tell_story(self) -> None:
        """From the need to the rating. Raises GaveUp."""
        contact = f"13{self.number:04d}{len(self.begun):05d}"
        self.begun.append(contact)
        self.phone.begin_anew()
        need = self.phone.dice.choice(NEEDS)
        words = f"{need}，{self.number % 20 + 1}号楼2单元501，电话{contact}，明天上午"
        await self.phone.say(words)
        await self._answer_until_card(contact)
        await self._press_until_gone("提交", contact)
        await self._press_until_gone("已解决", None)
        self.filed.append(contact)
        await self._press_until_gone("5 ⭐", None, next_words="好了")
        await self._press_until_gone("好了", None)
        self.finished += 1

    async def _answer_until_card(self, contact: str) -> None:
        """Where the bot asks something first, the first of its buttons is the answer."""
        looks = 0
        while True:
            await self.phone.look()
            if any(contact in str(self.phone.entries[n]["message"]) for n, _ in self.phone.buttons("提交")):
                return
            self.phone.check_patience(self.patience)
            looks += 1
            question = self.phone.newest_question()
            if looks % _PATIENCE == 0 and question is not None:
                await self.phone.press(question)
            await self.phone.pause()

    async def _press_until_gone(self, words: str, contact: str | None, next_words: str = "") -> None:
        """Wait for the button and press it, again when nothing seems to happen, until the bot went on.

        A card that was sent twice because of a kill keeps its button, so a later word of the bot counts too.
        """
        looks, pressed = 0, 0
        while True:
            await self.phone.look()
            there = self.phone.buttons(words)
            if contact is not None:
                there = [b for b in there if contact in str(self.phone.entries[b[0]]["message"])]
            went_on = there and self.phone.newest() > max(pressed, there[-1][0])
            if pressed and (went_on or not there or (next_words and self.phone.buttons(next_words))):
                return
            self.phone.check_patience(self.patience)
            if there and looks % _PATIENCE == 0:
                await self.phone.press(there[-1])
                pressed = max(pressed, self.phone.newest())
            looks = looks + 1 if pressed else 0
            await self.phone.pause()


@dataclass
class Lead:
    """Presses what there is to press, the end of a job before the beginning of another."""

    phone: Phone
    _pressed: dict[tuple[int, str], int] = field(default_factory=dict)

    async def live(self, stop: asyncio.Event) -> None:
        """Until told to stop."""
        while not stop.is_set():
            await self.phone.look()
            choice = self._choose()
            if choice is not None:
                await self.phone.press(choice)
            await self.phone.pause()

    def _choose(self) -> tuple[int, str] | None:
        for words in LEAD_PRESSES:
            there = self.phone.buttons(words)
            fresh = [b for b in there if self._pressed.get(b, 0) % _PATIENCE == 0]
            for button in there:
                self._pressed[button] = self._pressed.get(button, 0) + (button not in fresh)
            if fresh:
                chosen = self.phone.dice.choice(fresh)
                self._pressed[chosen] = self._pressed.get(chosen, 0) + 1
                return chosen
            if there and words not in ("开始", "接单"):
                # A question is open; it must be answered before anything else.
                return None
        return None
