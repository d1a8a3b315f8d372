"""What ends or changes something for others: asked first, done once, never by an old or repeated press."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.admin.sure import ASKS, CONFIRMS, LASTS
from handlers.kit.callbacks import DeskCD, OrganisationCD, PartCD
from nlu.reader import Reader
from storage.database import Database
from tests.bot import permission_table
from tests.bot.lead_house import ADMIN
from tests.bot.whole_house import NEIGHBOUR, NOBODY, Town, open_town

# What is asked does not depend on the database; one is enough.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")
ROWS = permission_table.buttons()
#: Before it, somebody has been invited.
_INVITE: dict[Any, Callable[[Town], Awaitable[Any]]] = {
    (OrganisationCD, "revoke"): lambda t: t.press(
        "admin", OrganisationCD(action="invite", id=t.house.organisations[0].id).pack()
    )
}


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    return await open_town(db, second_connection, reader)


async def prepared(town: Town, button: Any) -> str:
    """The button's data where it would change something."""
    await ROWS[button].stage(town)
    await _INVITE.get(button, _nothing)(town)
    data: CallbackData = ROWS[button].given(town)
    return data.pack()


async def _nothing(town: Town) -> None:
    return None


def names(button: Any) -> str:
    return f"{button[0].__name__}-{button[1]}"


@pytest.mark.parametrize("button", ASKS, ids=names)
async def test_it_is_asked_about_and_then_done_once(town: Town, button: Any) -> None:
    data = await prepared(town, button)
    before, texts = await town.kept(but=ADMIN), town.house.frame.texts
    for _ in range(2):
        asked = await town.press("admin", data)
        assert str(texts(ASKS[button])) in asked.here
        assert await town.kept(but=ADMIN) == before, "the button itself, pressed twice, is no yes"
    assert data in {b for row in asked.rows for b in known(row)}
    await town.press("admin", data, message=78)
    assert (after := await town.kept(but=ADMIN)) != before
    again = await town.press("admin", data, message=78)
    assert str(texts(ASKS[button])) in again.here
    assert await town.kept(but=ADMIN) == after


@pytest.mark.parametrize("button", ASKS, ids=names)
async def test_a_question_of_somebody_else_or_of_long_ago_is_no_yes(town: Town, button: Any) -> None:
    data = await prepared(town, button)
    await town.press("admin", data)
    before = await town.kept(but=ADMIN)
    await town.press("admin", DeskCD(action="keep").pack(), message=78)
    await town.press("admin", data, message=78)
    town.house.frame.clock.follow(LASTS.total_seconds() + 5)
    try:
        await town.press("admin", data, message=79)
    finally:
        town.house.frame.clock.follow(0)
    assert await town.kept(but=ADMIN) == before


@pytest.mark.parametrize("button", CONFIRMS, ids=names)
async def test_a_yes_does_not_count_for_ever(town: Town, button: Any) -> None:
    data = await prepared(town, button)
    before = await town.kept(but=ADMIN)
    for old in ({"old": True}, {"ago": LASTS.total_seconds() + 5}):
        said = await town.press("admin", data, **old)
        assert str(town.house.frame.texts("sure-expired")) in said.here
    assert await town.kept(but=ADMIN) == before


async def test_intake_is_paused_after_a_yes_and_only_for_the_reason_shown(town: Town) -> None:
    await town.filed()
    before = await town.kept(but=ADMIN)
    yes = DeskCD(action="pause_yes").pack()
    assert "台风" in (await town.write("admin", "/pause 台风")).here
    await town.press("admin", DeskCD(action="keep").pack())
    assert "过期" in (await town.press("admin", yes)).here
    assert await town.kept(but=ADMIN) == before
    await town.write("admin", "/pause 台风")
    assert "停电" in (await town.write("admin", "/pause 停电")).here
    assert "停电" in (await town.press("admin", yes)).here
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        assert await uow.community.intake_paused() == "停电"
    await town.press("admin", DeskCD(action="resume").pack())
    assert "过期" in (await town.press("admin", yes)).here
    async with town.house.db.transaction(town.house.community_id, read_only=True) as uow:
        assert await uow.community.intake_paused() is None


async def test_every_button_that_says_yes_is_known_to_expire(db: Database) -> None:
    said = {button for button in ROWS if button[1].endswith("_yes") and "admin" in ROWS[button].allowed}
    # Why a request was opened again is decided on its card, with the resident's words before the worker.
    others = set(map(names, said - set(CONFIRMS)))
    assert others == {"TriageCD-reopen_yes"}
    assert set(CONFIRMS) | set(ASKS) <= set(ROWS)
    assert not set(CONFIRMS) & set(ASKS)
    assert (PartCD, "leave") in ASKS


def known(row: dict[str, Any]) -> list[str]:
    rows = row.get("reply_markup", {}).get("inline_keyboard", [])
    return [one["callback_data"] for line in rows for one in line]


async def test_unused_invites_are_taken_back(town: Town) -> None:
    first = town.house.organisations[0].id
    from casework.use_cases.invites import RevokeInvites
    from casework.use_cases.organisations import CreateInvite

    tokens = [(await town.house.run(CreateInvite, ADMIN, first))[0] for _ in range(3)]
    await town.write("stranger", f"/start lead_{tokens[0]}")
    assert await town.house.run(RevokeInvites, ADMIN, first) == 2
    assert await town.house.run(RevokeInvites, ADMIN, first) == 0
    before = await town.kept(but=NEIGHBOUR)
    invalid = town.house.frame.texts.plain("error-invite-invalid")
    for token in tokens:
        assert invalid in (await town.write("neighbour", f"/start lead_{token}")).here
    assert await town.kept(but=NEIGHBOUR) == before
    assert "/tasks" in (await town.write("stranger", "/help")).here


async def test_whoever_guesses_links_has_to_wait(town: Town) -> None:
    """Ten wrong ones within an hour; then even a right one is not looked at, by nobody else's fault."""
    from casework.use_cases.organisations import CreateInvite
    from handlers.kit.guessing import MOST, WITHIN

    texts = town.house.frame.texts
    for n in range(MOST):
        kind = "lead_" if n % 2 else "expert_"
        said = await town.write("stranger", f"/start {kind}guess{n}")
        assert texts.plain("error-invite-invalid") in said.here
    token, _ = await town.house.run(CreateInvite, ADMIN, town.house.organisations[0].id)
    before = await town.kept(but=NOBODY)
    assert texts.plain("invite-later") in (await town.write("stranger", f"/start lead_{token}")).here
    assert await town.kept(but=NOBODY) == before
    town.house.frame.clock.follow(WITHIN.total_seconds() + 60)
    try:
        await town.write("stranger", f"/start lead_{token}")
    finally:
        town.house.frame.clock.follow(0)
    assert await town.kept(but=NOBODY) != before
