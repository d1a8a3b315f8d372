"""Updates that are no plain message, and words of one party as all the others get to read them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.playground.markup import parse_html
from casework.entities import Address, Details, WorkReport
from casework.statuses import RequestStatus
from casework.use_cases.filing import Draft, FileEmergency, FileRequests
from casework.use_cases.leads import (
    AcceptOffer,
    AddProgress,
    AskResident,
    Attachment,
    CompleteWork,
    DeclineOffer,
    HandBack,
    StartWork,
    TakeEmergency,
)
from casework.use_cases.organisations import PauseIntake
from casework.use_cases.residents import (
    AddResidentNote,
    CancelRequest,
    ChangeRequest,
    ConfirmSolved,
    RateRequest,
    ReportUnsolved,
)
from casework.use_cases.workers import AssignRequest, DecideReopen, DeclineRequest
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import ADMIN, GROUP, ITEM, LEAD, OTHER_LEAD, RESIDENT
from tests.bot.whole_house import DETAILS, NEIGHBOUR, SUMMARY, Town, open_town

# One database is enough for all but the characters that a database may refuse.
on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")

USER = {"id": RESIDENT, "is_bot": False, "first_name": "居民"}
BOT = {"id": 77, "is_bot": True, "first_name": "别的机器人"}
PRIVATE = {"id": RESIDENT, "type": "private"}
CHANNEL = {"id": -88, "type": "channel", "title": "频道"}
HEAD = {"message_id": 5, "date": 1}
POST = {**HEAD, "chat": CHANNEL, "text": "水管漏了"}
#: Whole updates that deserve no answer.
UPDATES: dict[str, dict[str, Any]] = {
    "channel": {"channel_post": POST},
    "channel edited": {"edited_channel_post": {**POST, "edit_date": 2}},
    "a bot": {"message": {**HEAD, "chat": PRIVATE, "from": BOT, "text": "/my"}},
    "a channel in a group": {
        "message": {
            **HEAD,
            "chat": {"id": GROUP, "type": "supergroup", "title": "群"},
            "from": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
            "sender_chat": CHANNEL,
            "text": "水管漏了",
        }
    },
    "nobody": {"message": {**HEAD, "chat": PRIVATE, "text": "/my"}},
    "inline": {"inline_query": {"id": "1", "from": USER, "query": "理发", "offset": ""}},
    "chosen": {"chosen_inline_result": {"result_id": "1", "from": USER, "query": "x"}},
    "poll answer": {
        "poll_answer": {"poll_id": "1", "user": USER, "option_ids": [0], "option_persistent_ids": []}
    },
    "reaction": {
        "message_reaction": {
            **HEAD,
            "chat": PRIVATE,
            "user": USER,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    },
    "join": {
        "chat_join_request": {
            "chat": CHANNEL,
            "from": USER,
            "user_chat_id": RESIDENT,
            "date": 1,
            "bio": "<b>",
        }
    },
    "edited sticker": {"edited_message": {**HEAD, "chat": PRIVATE, "from": USER, "edit_date": 2}},
    "edited in a group": {
        "edited_message": {
            **HEAD,
            "chat": {"id": GROUP, "type": "group", "title": "群"},
            "from": USER,
            "edit_date": 2,
            "text": "水管漏了",
        }
    },
    "not invented yet": {"telepathy": {"from": USER, "thought": "水管漏了"}},
}


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    return await open_town(db, second_connection, reader)


def member(status: str, chat: dict[str, Any]) -> dict[str, Any]:
    """`my_chat_member`: what became of the bot there."""
    me = {"id": 4242, "is_bot": True, "first_name": "邻应"}
    new: dict[str, Any] = {"status": status, "user": me}
    if status == "kicked":
        new["until_date"] = 0
    old = {"status": "left", "user": me}
    change = {"chat": chat, "from": USER, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"my_chat_member": change}


@on_sqlite
async def test_updates_that_speak_to_nobody(town: Town) -> None:
    await town.filed()
    await town.house.sent()
    before = await town.kept(but=RESIDENT)
    for name, update in UPDATES.items():
        await town.house._feed(update)
        assert await town.house.sent() == [], name
        assert await town.dead() == [], name
    assert await town.kept(but=RESIDENT) == before


@on_sqlite
@pytest.mark.parametrize("status", ["member", "kicked", "left"])
async def test_the_bot_comes_and_goes(town: Town, status: str) -> None:
    await town.filed()
    group = {"id": GROUP, "type": "supergroup", "title": "群"}
    for chat in (PRIVATE, group, CHANNEL):
        for _ in range(2):
            await town.house._feed(member(status, chat))
    assert await town.dead() == []
    assert town.request
    assert (await town.house.request(town.request.id)).status is RequestStatus.OFFERED


@on_sqlite
async def test_an_edited_command_is_answered(town: Town) -> None:
    await town.filed()
    await town.house.sent()
    assert town.request
    edited = {**HEAD, "chat": PRIVATE, "from": USER, "edit_date": 2, "text": "/my"}
    await town.house._feed(
        {"edited_message": {**edited, "entities": [{"type": "bot_command", "offset": 0, "length": 3}]}}
    )
    assert await town.house.sent(RESIDENT) != []
    assert await town.dead() == []


@on_sqlite
async def test_a_link_of_somebody_else(town: Town) -> None:
    """An invite counts once; the second who holds it, and all who guess, get the same kind sentence."""
    from casework.use_cases.organisations import CreateInvite

    await town.filed()
    token, _ = await town.house.run(CreateInvite, ADMIN, town.house.organisations[1].id)
    await town.write("neighbour", f"/start lead_{token}")
    before = await town.kept()
    invalid = town.house.frame.texts.plain("error-invite-invalid")
    for link in (f"lead_{token}", "lead_", "lead_" + "x" * 59, "lead_\u0000", "lead_' OR 1=1"):
        assert invalid in (await town.write("owner", f"/start {link}")).here, link
    for link in ("item_", "item_no_such", "item_" + "x" * 59, "other", "item_eld_haircut extra", "<b>"):
        assert (await town.write("owner", f"/start {link}")).answered, link
    assert await town.kept() == before
    assert await town.dead() == []


@pytest.mark.parametrize("odd", ["\x00", "\ud83d"], ids=["nul", "half a character"])
async def test_characters_that_a_database_refuses(town: Town, odd: str) -> None:
    """They are dropped or kept, but the words are heard and filed."""
    await town.write("owner", f"马桶{odd}堵了,住7栋3单元1101,电话15588887777,明天下午四点在家{odd}")
    await town.write("owner", "提交")
    assert await town.dead() == []
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        filed = await uow.requests.of_resident(RESIDENT)
    assert [r.item for r in filed] == ["hom_plumbing"]


EVIL = "<b>粗</b> &amp; </i> <a href='tg://user?id=1'>点</a> *_[x](y)` { $x } {0} %s"
LONG = "长" * 3000
WORDS = f"{EVIL}\n{LONG}"


@on_sqlite
async def test_words_and_names_are_shown_as_they_were_written(town: Town) -> None:
    """The whole story with names and words full of markup: everybody's messages can be sent and read."""
    house = town.house
    for who in ("owner", "lead", "other_lead", "admin", "neighbour"):
        await _renamed(town, who)
    await house.sent()
    await _story(town)
    rows = [row for row in await house.sent() if row.get("parse_mode") == "HTML"]
    parties = {row["chat_id"] for row in rows}
    assert {RESIDENT, LEAD, OTHER_LEAD, ADMIN, GROUP} <= parties
    seen: set[int] = set()
    for row in rows:
        words, entities = parse_html(row.get("text") or row["caption"])
        assert len(words) <= (4096 if "text" in row else 1024)
        assert "tg://user?id=1" not in [e.get("url") for e in entities], words
        assert "&lt;" not in words
        assert "&amp;amp" not in words
        if "<b>" in words:
            seen.add(row["chat_id"])
    assert {RESIDENT, LEAD, OTHER_LEAD, ADMIN} <= seen


async def _renamed(town: Town, who: str) -> None:
    from dataclasses import replace

    from tests.bot.whole_house import PEOPLE

    async with town.house.db.transaction(town.house.community_id) as uow:
        person = await uow.people.get(PEOPLE[who][0])
        assert person
        await uow.people.save(replace(person, name=EVIL[:120]))
        await uow.commit()


async def _story(town: Town) -> None:
    """Everything one party may say that another reads."""
    house = town.house
    run = house.run
    details = Details(Address("<b>园", "1<", "2&", "3>"), DETAILS.phone, "<i>明天", "", "<b>妈")
    (request,) = await run(FileRequests, RESIDENT, [Draft(ITEM, WORDS, WORDS, details)])
    await run(DeclineOffer, LEAD, (await house.offer(request)).id, WORDS)
    await run(AssignRequest, ADMIN, request.id, house.organisations[1].id)
    await run(AcceptOffer, OTHER_LEAD, (await house.offer(request)).id)
    await run(HandBack, OTHER_LEAD, request.id, WORDS)
    await run(AssignRequest, ADMIN, request.id, house.organisations[0].id)
    await run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await run(StartWork, LEAD, request.id)
    await run(AskResident, LEAD, request.id, WORDS)
    await run(AddResidentNote, RESIDENT, request.id, WORDS, Attachment("f", "photo"))
    await run(AddProgress, LEAD, request.id, WORDS, Attachment("f", "video_note"))
    await run(ChangeRequest, RESIDENT, request.id, Details(time_expr="<b>后天"), WORDS, WORDS)
    await run(CompleteWork, LEAD, request.id, WorkReport(1, 1, WORDS, "f"))
    await run(ReportUnsolved, RESIDENT, request.id, WORDS)
    await run(DecideReopen, ADMIN, request.id, approve=False, reason=WORDS)
    await run(ConfirmSolved, RESIDENT, request.id)
    await run(RateRequest, RESIDENT, request.id, 1, ("late",), WORDS)
    (second,) = await run(FileRequests, NEIGHBOUR, [Draft(ITEM, SUMMARY, SUMMARY, DETAILS)])
    await run(CancelRequest, NEIGHBOUR, second.id, WORDS)
    (third,) = await run(FileRequests, RESIDENT, [Draft(ITEM, WORDS, WORDS, DETAILS, confident=False)])
    await run(DeclineRequest, ADMIN, third.id, WORDS)
    emergency = await run(FileEmergency, RESIDENT, "aid_rescue", WORDS, WORDS, details, ("120",))
    await run(TakeEmergency, OTHER_LEAD, emergency.id)
    await run(PauseIntake, ADMIN, EVIL)
    await run(FileRequests, RESIDENT, [Draft(ITEM, WORDS, WORDS, DETAILS)])
    for who, looks in (
        ("owner", ["/my", f"r:show:{request.id}", "/privacy"]),
        ("lead", ["/tasks", f"/task {request.number}", f"w:show:{request.id}:"]),
        ("admin", ["/desk", "/triage", f"/request {request.number}", f"/why {request.number}", "/orgs"]),
        ("admin", [f"t:history:{request.id}:", "/org 1", "/late", "/stats", f"/mute {request.number}"]),
        ("admin", ["/find 粗", f"/find {EVIL}", f"/org {EVIL}", f"/close {request.number} {EVIL}"]),
        ("admin", [f"/broadcast {EVIL}", f"/pause {EVIL}", f"/recategorise {third.number} {EVIL}"]),
    ):
        for look in looks:
            await (town.write(who, look) if look.startswith("/") else town.press(who, look))
            town.house._read.clear()
