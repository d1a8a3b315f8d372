"""The simulated town: residents who tell stories, leads who do the work, one person who floods."""

from __future__ import annotations

import random
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bench.loading.messenger import Messenger

FIRST_RESIDENT = 500_000
FIRST_LEAD = 900_000
FLOODER = 999_999

#: Needs that are filed after door and phone are told: something for every organisation, or a few leads
#: would get more messages than the messenger takes for one chat.
NEEDS = (
    "厨房水龙头关不死一直滴水",
    "想请人上门给我妈理发",
    "楼道的灯坏了，请派人来修",
    "家里冰箱不制冷了，想找人来修",
    "想请志愿者陪我妈去医院看病",
    "想找人每天中午给我爸送饭",
    "想学用智能手机，想找人教",
    "楼上装修太吵了，晚上睡不着",
    "老板拖欠工资不给，想找人帮忙要",
    "想请律师问问离婚的事",
    "孩子放学没人接，想上四点半课堂",
    "想给孩子报个绘画兴趣班",
    "想参加合唱团",
    "想找个地方打乒乓球",
    "想报名跳广场舞",
    "家里有旧衣服想捐给困难家庭",
    "最近心里闷得慌，想找心理咨询师聊聊",
    "想给老人量量血压做个体检",
    "我爸卧床，想请人上门帮忙洗澡",
    "我妈腿摔伤了，想做康复训练",
    "小区垃圾桶满了好几天没人清",
    "花坛里的草长得太高了，想请人修剪",
    "家里有蟑螂，想请人来消杀",
    "想打疫苗，不知道在哪里预约",
    "晚上小区没人巡逻，不放心",
    "想找份保安的工作",
    "想借个轮椅用几天",
    "想开个小店，想问问创业补贴怎么办",
    "小区车位总被人占，想有人管管",
    "楼上漏水把我家天花板泡了",
    "买的按摩椅是假货，商家不给退",
    "我爸是残疾人，想问补贴怎么申请",
    "想认领一块小菜地种菜",
    "想给我家孩子报名亲子阅读活动",
)
#: What follows a need: words, or a button whose words are in brackets.
REST = ("{door}", "明天上午", "{phone}", "[提交]", "/my", "我报的事办到哪一步了", "谢谢")
#: A lead presses the first of these that is shown.
LEAD_PRESSES = ("跳过", "2人", "1小时", "完成", "开始", "接单")
RESIDENT_PRESSES = ("已解决", "很满意")
#: Seconds that a person takes to read an answer and write again. The messenger takes one message a second for
#: a chat: with less, this limit would be measured and not the bot.
READS = 2.0


@dataclass
class Resident:
    """One resident's place in the story."""

    who: int
    dice: random.Random
    need: int = 0
    steps: list[str] = field(default_factory=list)
    buttons: dict[str, tuple[int, str]] = field(default_factory=dict)

    def next_words(self) -> str:
        """The next thing this person does."""
        if not self.steps:
            self.need = (self.need + 1) % len(NEEDS)
            home = self.who - FIRST_RESIDENT
            door = f"{home % 30 + 1}号楼{home // 30 % 4 + 1}单元{home // 120 + 1}01"
            phone = f"139{self.who:08d}"
            self.steps = [NEEDS[self.need], *(s.format(door=door, phone=phone) for s in REST)]
        return self.steps.pop(0)


class Town:
    """Who is free to speak now, and what they say. Counts what was pressed, and what could not be."""

    def __init__(self, messenger: Messenger, residents: int, leads: int, seed: int = 1) -> None:
        self._messenger = messenger
        self._dice = random.Random(seed)
        self.residents = {
            FIRST_RESIDENT + n: Resident(FIRST_RESIDENT + n, self._dice, n % len(NEEDS))
            for n in range(residents)
        }
        self.leads = range(FIRST_LEAD, FIRST_LEAD + leads)
        self._fresh = deque(self._dice.sample(list(self.residents), residents))
        self._talking: list[int] = []
        #: (perf_counter's time from which they go on, who), in this order.
        self._reading: deque[tuple[float, int]] = deque()
        self._to_press: dict[tuple[int, int], str] = {}
        self._since: dict[int, float] = {}
        self.done: dict[str, int] = {}
        self.astray = 0
        messenger.shown = self.on_shown

    def on_shown(self, chat: int, message: int, buttons: dict[str, str]) -> None:
        """The bot showed something: a resident may go on, a lead has something to press."""
        person = self.residents.get(chat)
        wanted = RESIDENT_PRESSES if person else LEAD_PRESSES
        self._to_press.pop((chat, message), None)
        for word in wanted:
            found = next((data for words, data in buttons.items() if word in words), None)
            if found:
                self._to_press[chat, message] = found
                break
        if person:
            person.buttons = {words: (message, data) for words, data in buttons.items()}
            if self._since.pop(chat, None) is not None:
                self._reading.append((time.perf_counter() + READS, chat))

    def speak(self, due: float) -> bool:
        """One update of somebody; False when nobody is free (the bot is far behind)."""
        if self._to_press and self._dice.random() < 0.4:
            (chat, message), data = next(iter(self._to_press.items()))
            del self._to_press[chat, message]
            self._press(chat, message, data, due)
            return True
        self._have_read()
        if not self._fresh and not self._talking:
            return False
        who = self._next_speaker()
        self._since[who] = time.perf_counter()
        person = self.residents[who]
        words = person.next_words()
        if words.startswith("["):
            found = next((b for w, b in person.buttons.items() if words[1:-1] in w), None)
            if found:
                self._press(who, *found, due)
                return True
            self.astray += 1
            person.steps.clear()
            words = "取消"
        self.say(who, words, due)
        return True

    def _have_read(self) -> None:
        while self._reading and self._reading[0][0] <= time.perf_counter():
            _, who = self._reading.popleft()
            (self._talking if self.residents[who].steps else self._fresh).append(who)

    def _next_speaker(self) -> int:
        """Somebody in the middle of a story, or, as often as stories are long, who has waited longest."""
        begin = self._dice.random() < 1 / (len(REST) + 1)
        if self._fresh and (begin or not self._talking):
            return self._fresh.popleft()
        place = self._dice.randrange(len(self._talking))
        self._talking[place], self._talking[-1] = self._talking[-1], self._talking[place]
        return self._talking.pop()

    def say(self, who: int, words: str, due: float) -> None:
        """A text message."""
        self._count("messages")
        event = {"message": self._message(who) | {"from": _user(who), "text": words}}
        if words.startswith("/"):
            event["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words)}]
        self._messenger.hand_over(who, event, due)

    def _press(self, who: int, message: int, data: str, due: float) -> None:
        self._count("presses")
        bots = {"id": 100001, "is_bot": True, "first_name": "bot"}
        held = self._message(who) | {"message_id": message, "from": bots, "text": "…"}
        query = {"id": str(self._messenger.new_message()), "from": _user(who), "chat_instance": "1"}
        self._messenger.hand_over(who, {"callback_query": query | {"message": held, "data": data}}, due)

    def _message(self, who: int) -> dict[str, Any]:
        chat = {"id": who, "type": "private", "first_name": f"街坊{who}"}
        return {"message_id": self._messenger.new_message(), "date": int(time.time()), "chat": chat}

    def _count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1


def _user(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": f"街坊{who}", "language_code": "zh-hans"}
