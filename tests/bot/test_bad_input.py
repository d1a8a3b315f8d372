"""Whatever people send: an answer where one is expected, never a fault, nothing half done."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.kit.callbacks import DeskCD, OfferCD, TriageCD, WorkCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot.whole_house import Town, open_town

# What people send does not depend on the database; one is enough.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")

FILE = {"file_id": "f", "file_unique_id": "u"}
STICKER = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
PHOTO = [{**FILE, "width": 9, "height": 9}]
ORIGIN = {"type": "hidden_user", "sender_user_name": "<b>某人", "date": 1}
POLL: dict[str, Any] = {
    "id": "1",
    "question": "?",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "a"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
BIG = {**FILE, "file_name": "大.xlsx", "file_size": 60 * 1024 * 1024}
#: Fields of the Bot API's Message; each deserves an answer in a private chat.
MESSAGES: dict[str, dict[str, Any]] = {
    "spaces": {"text": "   "},
    "emoji": {"text": "😀👍🏽🧓"},
    "long": {"text": "好" * 100_000},
    "markup": {"text": "<b>&amp;</a>*_[x](tg://user?id=1)`{ $x }{0}%s"},
    "control": {"text": "\u202e\u200b\x07\ufeff"},
    "nul": {"text": "水管\x00漏"},
    "half a character": {"text": "水管\ud83d漏"},
    "slash": {"text": "/"},
    "command": {"text": "/no_such@linying_bot now"},
    "number": {"text": "9" * 400},
    "sticker": {"sticker": STICKER},
    "voice": {"voice": {**FILE, "duration": 1}},
    "video note": {"video_note": {**FILE, "length": 1, "duration": 1}},
    "animation": {"animation": {**FILE, "width": 1, "height": 1, "duration": 1}, "document": FILE},
    "forwarded": {"text": "转发的话", "forward_origin": ORIGIN},
    "photo": {"photo": PHOTO, "caption": "<i>" * 300},
    "big file": {"document": BIG},
    "big film": {"video": {**FILE, "width": 1, "height": 1, "duration": 9, "file_size": 60 * 1024 * 1024}},
    "not a table": {"document": {**FILE, "file_name": "a.xlsx.exe"}},
    "poll": {"poll": POLL},
    "dice": {"dice": {"emoji": "🎲", "value": 6}},
    "contact": {"contact": {"phone_number": "+1 (555) <b>", "first_name": "<b>"}},
    "own contact": {"contact": {"phone_number": "8613855554444", "first_name": "我"}},
    "place": {"location": {"latitude": 43.8, "longitude": 125.3}},
    "venue": {
        "location": {"latitude": 1.0, "longitude": 1.0},
        "venue": {"location": {"latitude": 1.0, "longitude": 1.0}, "title": "<b>", "address": "&"},
    },
    "story": {"story": {"chat": {"id": -5, "type": "channel"}, "id": 1}},
    "game": {"game": {"title": "g", "description": "d", "photo": PHOTO}},
    "empty": {},
}
#: What the messenger tells by itself: nobody expects an answer.
SERVICE: dict[str, dict[str, Any]] = {
    "pinned": {
        "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}},
    },
    "joined": {"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "<b>"}]},
    "left": {"left_chat_member": {"id": 5, "is_bot": False, "first_name": "x"}},
    "title": {"new_chat_title": "<b>"},
    "photo gone": {"delete_chat_photo": True},
    "timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 5}},
    "background": {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
    "access": {"write_access_allowed": {}},
    "moved": {"migrate_to_chat_id": -10055},
    "topic": {"forum_topic_created": {"name": "t", "icon_color": 1}},
}


async def idle(town: Town) -> None:
    return None


async def in_form(town: Town) -> None:
    await town.write("owner", "家里水池子堵了")


async def on_card(town: Town) -> None:
    await town.write("owner", "马桶堵了,住7栋3单元1101,电话15588887777,明天下午四点在家")


async def asked_to_add(town: Town) -> None:
    assert town.request
    await town.press("owner", f"r:reply:{town.request.id}")


def lead_step(*buttons: str) -> Any:
    async def step(town: Town) -> None:
        assert town.request
        for button in buttons:
            action, _, value = button.partition("=")
            await town.press("lead", WorkCD(action=action, id=town.request.id, value=value).pack())

    return step


async def lead_declines(town: Town) -> None:
    await town.filed()
    assert town.offer
    await town.press("lead", OfferCD(action="why", id=town.offer.id, reason="other").pack())


def desk_step(action: str) -> Any:
    async def step(town: Town) -> None:
        await town.press("admin", DeskCD(action=action).pack())

    return step


def triage_step(action: str) -> Any:
    async def step(town: Town) -> None:
        assert town.request
        await town.press("admin", TriageCD(action=action, id=town.request.id).pack())

    return step


#: Where somebody stands when it comes: who, and how they got there.
PLACES: dict[str, tuple[str, Any]] = {
    "nowhere": ("stranger", idle),
    "form": ("owner", in_form),
    "card": ("owner", on_card),
    "asked to add": ("owner", asked_to_add),
    "lead": ("lead", idle),
    "lead asks": ("lead", lead_step("ask")),
    "lead notes": ("lead", lead_step("note")),
    "lead gives back": ("lead", lead_step("back=other")),
    "lead tells hours": ("lead", lead_step("done", "hours=other")),
    "lead tells people": ("lead", lead_step("done", "hours=1", "people=other")),
    "lead proves": ("lead", lead_step("done", "hours=1", "people=1")),
    "lead declines": ("lead", lead_declines),
    "worker": ("admin", idle),
    "worker finds": ("admin", desk_step("find")),
    "worker broadcasts": ("admin", desk_step("broadcast")),
    "worker imports": ("admin", desk_step("template")),
    "worker searches": ("admin", triage_step("search")),
    "worker cancels": ("admin", triage_step("cancel")),
}


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    made = await open_town(db, second_connection, reader)
    await made.accepted()
    return made


@pytest.mark.parametrize("place", list(PLACES))
async def test_every_message_is_answered(town: Town, place: str) -> None:
    who, get_there = PLACES[place]
    bad = {}
    for name, fields in MESSAGES.items():
        await town.write(who, "/cancel")
        await get_there(town)
        said = await town.write(who, **fields)
        if not said.answered or await town.dead():
            bad[name] = await town.dead() or "no answer"
            await town.forget_updates()
    assert bad == {}


@pytest.mark.parametrize("place", list(PLACES))
async def test_what_the_messenger_tells_by_itself_is_not_answered(town: Town, place: str) -> None:
    who, get_there = PLACES[place]
    await town.write(who, "/cancel")
    await get_there(town)
    for name, fields in SERVICE.items():
        said = await town.write(who, **fields)
        assert said.rows == [], name
        said = await town.write("member", **fields)
        assert said.rows == [], name
    assert await town.dead() == []
