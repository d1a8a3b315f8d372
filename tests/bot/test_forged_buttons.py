"""Buttons that nobody made, that are somebody else's, or whose request is long over."""

from __future__ import annotations

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.statuses import RequestStatus
from handlers.kit.callbacks import (
    AnswerCD,
    AppealCD,
    CallCD,
    ConductCD,
    DeskCD,
    DialogueCD,
    EmergencyCD,
    ErasureCD,
    EvaluationCD,
    FollowCD,
    GivingCD,
    HeldCD,
    JointCD,
    LedgerCD,
    LetterCD,
    ListingCD,
    MeetingCD,
    MenuCD,
    MergeCD,
    ModelCD,
    MyRequestCD,
    NoticeCD,
    OfferCD,
    OrganisationCD,
    PageCD,
    PartCD,
    PrivacyCD,
    ProblemCD,
    ProjectCD,
    RateCD,
    RectifyCD,
    ReportCD,
    ScoreCD,
    TeachCD,
    TriageCD,
    WorkCD,
)
from nlu.reader import Reader
from storage.database import Database
from tests.bot.known_buttons import KINDS, Kind
from tests.bot.permission_rows import WHOLE, card
from tests.bot.permission_table import buttons
from tests.bot.whole_house import PEOPLE, SECRETS, Town, open_town, words_of

# What a button does does not depend on the database; one is enough.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")

#: Both are residents as well; people who are no more than that are in the permission matrix.
WHO = ("lead", "admin")
#: Ids that are nobody's, and what is no id at all.
IDS = ("0", "-1", "9223372036854775807", "9" * 30, "x", "", "\uff11")
VALUES = ("-1", "9" * 20, "\u00b2", "no_such_item", "<b>{0}")
RUBBISH = (
    "x" * 64,
    "😀" * 16,
    ":",
    "::::::::",
    "d",
    "r:",
    "zz:show:1",
    "\x00",
    " ",
    "o:accept",
    "null",
    "'; --",
)
#: How a button is put together from its action, an id, and a further value.
SHAPES: dict[Kind, str] = {
    DialogueCD: "d:{action}:{id}:{value}",
    MyRequestCD: "r:{action}:{id}",
    RateCD: "s:{id}:3:{value}",
    MenuCD: "m:{action}:{value}",
    OfferCD: "o:{action}:{id}:{value}",
    WorkCD: "w:{action}:{id}:{value}",
    EmergencyCD: "e:{id}",
    ConductCD: "cd:{action}:{id}",
    TriageCD: "t:{action}:{id}:{value}",
    OrganisationCD: "g:{action}:{id}:{value}",
    PageCD: "p:{action}:{id}",
    DeskCD: "k:{action}:{value}",
    PrivacyCD: "v:{action}",
    ErasureCD: "ve:{id}",
    TeachCD: "l:{action}:{id}:{value}",
    ModelCD: "n:{action}:{value}",
    FollowCD: "u:{action}:{id}",
    MergeCD: "a:{action}:{id}:{value}",
    JointCD: "h:{action}:{id}",
    ProjectCD: "i:{action}:{id}",
    LetterCD: "j:{action}:{id}:739950:{value}:0",
    ReportCD: "x:{action}:739950:{id}:{value}:{value}:0",
    HeldCD: "hd:{id}",
    CallCD: "c:{action}:{id}:{value}",
    LedgerCD: "b:{action}:n:202611:{value}:{value}:{id}:0:0",
    ProblemCD: "q:{action}:{id}:{value}",
    RectifyCD: "y:{action}:{id}",
    EvaluationCD: "jv:{action}:{id}:{value}",
    ScoreCD: "js:{action}:{id}:{value}",
    AnswerCD: "ja:{id}:{id}:3",
    ListingCD: "jl:{action}:{id}:{value}",
    AppealCD: "jp:{action}:{id}",
    NoticeCD: "jn:{action}:{id}:{value}",
    GivingCD: "gv:{action}:{id}:{value}",
    PartCD: "pt:{action}:{id}",
    MeetingCD: "mt:{action}:{id}:{id}:{id}",
}


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    return await open_town(db, second_connection, reader)


def actions(kind: Kind) -> list[str]:
    """Those there are, and one there is not."""
    return [*sorted(action for k, action in buttons() if k is kind), "no_such"]


def forged(kind: Kind, shape: str) -> list[str]:
    """Every action with every id, then with every value."""
    ids = [shape.format(action=a, id=i, value="") for a in actions(kind) for i in IDS]
    values = [shape.format(action=a, id="999999", value=v) for a in actions(kind) for v in VALUES]
    return sorted({data for data in ids + values if len(data.encode()) <= 64})


#: These change something at any time, whatever is behind them.
_ALWAYS = (
    "d:human",
    "v:forget",
    "v:withdraw",
    "k:pause_yes",
    "k:resume",
    "n:learn",
    "j:stop",
    "j:again",
    "j:now",
    "jv:open_yes",
)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("kind", list(SHAPES), ids=lambda k: k.__name__)
async def test_what_is_nobodys_changes_nothing(town: Town, kind: Kind, who: str) -> None:
    assert set(SHAPES) == set(KINDS.values())
    await card(town)
    await town.write(who, "/help")
    before = await town.kept()
    for data in forged(kind, SHAPES[kind]):
        if data.startswith(_ALWAYS):
            continue
        said = await town.press(who, data)
        assert said.answered, data
        if who != "admin":
            assert not [s for s in SECRETS if s in said.here], data
        assert await town.dead() == [], data
    assert await town.kept() == before


@pytest.mark.parametrize("who", WHO)
async def test_rubbish_is_answered(town: Town, who: str) -> None:
    await card(town)
    await town.write(who, "/help")
    before = await town.kept()
    for data in RUBBISH:
        assert (await town.press(who, data)).alert, data
    assert await town.kept() == before
    assert await town.dead() == []


STARS = (
    "s:{id}:6:",
    "s:{id}:0:",
    "s:{id}:-1:",
    "s:{id}:999999999:late",
    "s:{id}:999999999999:end",
    "s:{id}:3:x",
)


async def test_stars_are_one_to_five(town: Town) -> None:
    await town.confirmed()
    assert town.request
    before = await town.kept()
    for stars in STARS:
        said = await town.press("owner", f"s:{town.request.id}:{stars}")
        assert said.answered
        assert all(len(words_of(row)) < 500 for row in said.rows)
    assert await town.kept() == before
    assert await town.dead() == []


async def test_reasons_for_the_stars_of_others(town: Town) -> None:
    await town.confirmed()
    assert town.request
    for reason in ("late", "end", ""):
        said = await town.press("neighbour", RateCD(id=town.request.id, stars=2, reason=reason).pack())
        assert said.rows == []
        assert said.alert == town.house.frame.texts.plain("error-not-found")


#: Step of the dialogue → what the owner says to get there.
STEPS = {
    "card": (WHOLE,),
    "form": ("家里水池子堵了", "2号楼1单元603"),
    "form-phone": ("家里水池子堵了", "2号楼1单元603", "不想给电话"),
    "stop": (WHOLE, "算了不办了"),
    "switch": ("家里水池子堵了", "/start item_job_training"),
    # Which of two is asked by rule, whatever the model has learned.
    "choose": ("灯坏了",),
    "pick": ("催一下",),
    "cancel": ("不用来理发了，取消{number}",),
    "voice": ("我退休了，想当志愿者",),
    "emergency": ("我爸突然倒在地上没有呼吸了",),
    "over": ("我爸突然倒在地上没有呼吸了", "没事了"),
}


@pytest.mark.parametrize("step", list(STEPS))
async def test_no_value_upsets_the_dialogue(town: Town, step: str) -> None:
    """Each button of the dialogue with values that nobody gave it, at the turn where it counts."""
    await town.filed()
    await town.filed()
    for text in STEPS[step]:
        assert town.request
        await town.write("owner", text.format(number=town.request.number))
    house, (owner, _) = town.house, PEOPLE["owner"]
    async with house.db.transaction(house.community_id, read_only=True) as uow:
        kept = await uow.trackers.load(owner) or {}
    slots = kept["dialogue"]["slots"]
    turn = slots["turn"]
    assert "emergency" in slots if step in ("emergency", "over") else slots["step"] == step.split("-")[0]
    for action in actions(DialogueCD):
        for value in ("", *VALUES):
            async with house.db.transaction(house.community_id) as uow:
                await uow.trackers.save(owner, kept)
                await uow.commit()
            said = await town.press("owner", f"d:{action}:{turn}:{value}")
            assert said.answered, (action, value)
            assert await town.dead() == [], (action, value)


#: Status → (how it came to be, what the owner may still do there).
OVER = {
    RequestStatus.CONFIRMED: (Town.confirmed, {"unsolved"}),
    RequestStatus.CANCELLED: (Town.cancelled, {"restore"}),
    RequestStatus.DECLINED: (Town.declined, set()),
}


@pytest.mark.parametrize("status", list(OVER))
async def test_old_buttons_of_what_is_over(town: Town, status: RequestStatus) -> None:
    stage, still = OVER[status]
    await stage(town)
    assert town.request
    request, offer = town.request.id, town.offer.id if town.offer else 1
    before = await town.kept()
    asked: list[tuple[str, CallbackData]] = [
        ("owner", MyRequestCD(action=a, id=request)) for a in actions(MyRequestCD) if a not in still
    ]
    asked += [("lead", OfferCD(action=a, id=offer, reason="hands")) for a in actions(OfferCD)]
    asked += [("lead", WorkCD(action=a, id=request, value="1")) for a in actions(WorkCD)]
    asked += [("lead", EmergencyCD(id=request)), ("admin", EmergencyCD(id=request))]
    harmless = {"mute", "unmute"}
    asked += [("admin", TriageCD(action=a, id=request)) for a in actions(TriageCD) if a not in harmless]
    for who, data in asked:
        for old in (False, True):
            said = await town.press(who, data.pack(), old=old)
            assert said.answered, (who, data)
            assert town.house.frame.texts.plain("error-technical") not in said.here
    after = await town.kept()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert await town.dead() == []
