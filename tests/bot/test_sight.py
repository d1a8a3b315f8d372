"""What leads were shown is folded when their time is over: then none of it stands in any of their chats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery import Fate, Outcome
from bot.showings import fold_showings, note_sent
from casework.entities import Request, WorkReport
from casework.promises.schedules import Schedule, ScheduleKind
from casework.use_cases.leads import AcceptOffer, Attachment, CompleteWork, StartWork
from casework.use_cases.reading import SeeRequest
from casework.use_cases.residents import AddResidentNote, ConfirmSolved
from handlers.kit.callbacks import EmergencyCD, OfferCD, WorkCD
from handlers.lead.folding import blank_picture
from storage.database import Database
from storage.repositories.outbox import OutboxItem
from tests.bot.admin_house import Office, open_office
from tests.bot.lead_house import ADMIN, COLLEAGUE, GROUP, LEAD, OTHER_LEAD, PHONE, RESIDENT, ROOM

DOOR = f"2单元{ROOM}"
NOTE = "请带上梯子，我在阳台"
SECRETS = (PHONE, DOOR, NOTE, "photo-of-the-home")


@dataclass
class Chats:
    """What stands in each chat after all messages were sent, edited and deleted, as the messenger has it."""

    office: Office
    standing: dict[int, dict[int, dict[str, Any]]] = field(default_factory=dict)
    days: float = 0
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    async def deliver(self) -> None:
        """Send what the outbox holds, and write down what the sender would."""
        frame = self.office.house.frame
        while True:
            async with self.office.house.db.transaction(frame.community.id) as uow:
                items = await uow.outbox.claim(frame.clock.now(), 50)
                for item in items:
                    sent = Outcome(Fate.SENT, message_id=self._take(item))
                    await uow.outbox.sent(item.id, frame.clock.now())
                    await note_sent(uow, frame.community, item, sent, frame.clock.now())
                await uow.commit()
            if not items:
                return

    def _take(self, item: OutboxItem) -> int:
        chat = self.standing.setdefault(item.chat_id, {})
        its_id = item.payload.get("message_id") or next(self._ids)
        if item.method == "DeleteMessage":
            chat.pop(its_id, None)
        elif item.method == "EditMessageReplyMarkup":
            chat.setdefault(its_id, {})
        else:
            chat[its_id] = {"method": item.method, **item.payload}
        return int(its_id)

    def words(self, chat: int) -> str:
        return json.dumps(self.standing.get(chat, {}), ensure_ascii=False)

    def secrets(self, *chats: int) -> dict[int, list[str]]:
        """Which secrets stand where."""
        found = {chat: [s for s in SECRETS if s in self.words(chat)] for chat in chats}
        return {chat: secrets for chat, secrets in found.items() if secrets}

    async def pass_days(self, days: float) -> None:
        """Time goes by, and the hourly look with it."""
        house = self.office.house
        self.days += days
        house.frame.clock.follow(timedelta(days=self.days).total_seconds())
        for _ in range(3):
            async with house.db.transaction(house.community_id) as uow:
                context = house.frame.context(uow)
                await fold_showings(context, Schedule(ScheduleKind.FOLD_SHOWINGS, 0, context.now))
                await uow.commit()
            await self.deliver()


@pytest.fixture
async def chats(db: Database, second_connection: AsyncEngine) -> Chats:
    return Chats(await open_office(db, second_connection))


async def worked_on(chats: Chats) -> Request:
    """Taken, talked about, with a photo; not done yet."""
    house = chats.office.house
    request = await house.file()
    photo = Attachment("photo-of-the-home", "photo")
    await house.press(LEAD, OfferCD(action="accept", id=(await house.offer(request)).id))
    await house.run(AddResidentNote, RESIDENT, request.id, NOTE, Attachment(), "请带上梯子")
    await house.run(AddResidentNote, RESIDENT, request.id, "", photo, "")
    await house.press(COLLEAGUE, WorkCD(action="show", id=request.id))
    await chats.deliver()
    return request


async def finish(chats: Chats, request: Request, who: int = LEAD) -> None:
    house = chats.office.house
    await house.run(StartWork, who, request.id)
    await house.run(CompleteWork, who, request.id, WorkReport(1, 1, "好了"))
    await house.run(ConfirmSolved, RESIDENT, request.id)
    await chats.deliver()


async def test_asked_leads_were_told_nothing(chats: Chats) -> None:
    await chats.office.house.file()
    await chats.deliver()
    assert chats.standing[LEAD]
    assert chats.secrets(LEAD, COLLEAGUE, GROUP, OTHER_LEAD) == {}


async def test_some_days_after_the_end_nothing_stands_in_the_chats(chats: Chats) -> None:
    request = await worked_on(chats)
    assert set(chats.secrets(LEAD)[LEAD]) == set(SECRETS)
    assert chats.secrets(COLLEAGUE)
    assert chats.secrets(GROUP) == {}
    await finish(chats, request)
    await chats.pass_days(6.9)
    assert PHONE in chats.words(LEAD)
    assert "SendContact" not in chats.words(LEAD), "a contact can only be deleted for two days"
    await chats.pass_days(0.2)
    assert chats.secrets(LEAD, COLLEAGUE, GROUP, OTHER_LEAD) == {}
    assert "电话、门牌和原话已经收起" in chats.words(LEAD)
    assert request.number in chats.words(LEAD)
    # Every way back to it is closed as well.
    for data in (WorkCD(action="show", id=request.id), OfferCD(action="show", id=1)):
        await chats.office.house.press(LEAD, data)
    for text in ("/tasks", f"/task {request.number}", request.number, f"/why {request.number}"):
        await chats.office.house.write(LEAD, text)
    await chats.deliver()
    assert chats.secrets(LEAD, COLLEAGUE, GROUP, OTHER_LEAD) == {}
    await chats.office.write(f"/request {request.number}")
    await chats.deliver()
    assert PHONE in chats.words(ADMIN)


async def test_work_in_hand_is_not_folded_however_long_it_takes(chats: Chats) -> None:
    request = await worked_on(chats)
    for _ in range(3):
        await chats.pass_days(7.1)
        assert PHONE in chats.words(LEAD)
    await finish(chats, request)
    await chats.pass_days(7.1)
    assert chats.secrets(LEAD, COLLEAGUE, GROUP) == {}


async def test_who_was_called_but_did_not_come_forgets_danger_too(chats: Chats) -> None:
    house = chats.office.house
    request = await house.emergency()
    await chats.deliver()
    assert chats.secrets(OTHER_LEAD)
    await house.press(ADMIN, EmergencyCD(id=request.id))
    await chats.pass_days(7.1)
    # The call still stands open for the organisation, which may be needed.
    assert PHONE in chats.words(OTHER_LEAD)
    await house.press(OTHER_LEAD, OfferCD(action="why", id=(await house.offer(request)).id, reason="time"))
    await chats.pass_days(1.1)
    assert chats.secrets(OTHER_LEAD) == {}
    assert PHONE in chats.words(ADMIN)


async def test_a_lead_who_is_replaced_loses_sight_and_workers_keep_it(chats: Chats) -> None:
    request = await worked_on(chats)
    house = chats.office.house
    await house.press(LEAD, WorkCD(action="back", id=request.id, value="time"))
    await chats.deliver()
    await chats.pass_days(7.1)
    assert chats.secrets(LEAD, COLLEAGUE, GROUP) == {}
    async with house.db.transaction(house.community_id) as uow:
        assert await uow.showings.due(house.frame.clock.now() + timedelta(days=999), 99) == []


async def test_a_message_that_says_something_else_by_now_is_left_alone(chats: Chats) -> None:
    house = chats.office.house
    request = await house.file()
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.press(LEAD, WorkCD(action="show", id=request.id))
    await chats.deliver()
    await house.press(LEAD, WorkCD(action="list", id=0))
    await chats.deliver()
    listed = chats.standing[LEAD][77]
    assert PHONE not in listed["text"]
    await finish(chats, request)
    await chats.pass_days(7.1)
    assert chats.standing[LEAD][77] == listed


def test_a_folded_picture_is_a_picture() -> None:
    from bot.playground.files import image_size

    assert image_size(blank_picture()) == (64, 64)


async def test_sight_of_no_days_ends_with_the_request(chats: Chats) -> None:
    house = chats.office.house
    policy = replace(house.frame.community.policy, sight_days=0)
    house.frame.community = replace(house.frame.community, policy=policy)
    request = await house.file()
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    assert not (await house.run(SeeRequest, LEAD, request.id)).masked
    await house.run(StartWork, LEAD, request.id)
    await house.run(CompleteWork, LEAD, request.id, WorkReport(1, 1, "好了"))
    assert (await house.run(SeeRequest, LEAD, request.id)).masked
