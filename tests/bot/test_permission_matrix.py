"""Commands, buttons, deep links × everybody there is, in private and in a group: who is let in."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import commands as listed
from bot.dispatch import make_dispatcher
from casework.statuses import RequestStatus
from handlers import start
from handlers.admin.commands import ADMIN_COMMANDS
from nlu.reader import Reader
from storage.database import Database
from tests.bot import known_buttons, permission_table
from tests.bot.permission_page import PAGE, page
from tests.bot.permission_table import GROUPED, Row
from tests.bot.whole_house import DOOR, PEOPLE, SECRETS, Said, Town, crowd, open_town

# Who may do what does not depend on the database; one is enough.
on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")
ROWS = permission_table.rows()


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    made = await open_town(db, second_connection, reader)
    await crowd(made)
    return made


def test_every_command_button_and_link_has_a_row() -> None:
    """What is new without a row fails here; what is gone but still has one fails too."""
    top = make_dispatcher()
    names = known_buttons.commands(top)
    assert names == set(permission_table.commands())
    assert names >= {*listed.RESIDENT, *listed.LEAD, *ADMIN_COMMANDS}
    buttons = set(permission_table.buttons())
    assert known_buttons.every_button(top) == buttons
    assert {kind for kind, _ in buttons} == set(known_buttons.KINDS.values())
    links = {v for k, v in vars(start).items() if k.startswith("_") and isinstance(v, str) and v[-1:] == "_"}
    assert links - {"__"} == set(permission_table.links())


def test_the_page_of_permissions_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "stale: make permissions"


@on_sqlite
@pytest.mark.parametrize("name", sorted(ROWS))
async def test_who_is_let_in(town: Town, name: str) -> None:
    row = ROWS[name]
    await row.stage(town)
    for who in PEOPLE:
        if who not in row.allowed | row.grouped:
            await _is_refused(town, row, who)
    for who in PEOPLE:
        if who in row.allowed | row.grouped:
            await row.stage(town)
            await _is_let_in(town, row, who)
    assert await town.dead() == []


async def _is_refused(town: Town, row: Row, who: str) -> None:
    """Nothing changes, nobody else hears of it, and what is answered tells nothing."""
    assert town.request
    person, chat = PEOPLE[who]
    before = await town.kept(but=person)
    said = await town.act(who, row.given(town))
    assert await town.kept(but=person) == before, f"{who} changed something"
    assert {r["chat_id"] for r in said.rows} <= {chat}, f"{who} made others hear of it"
    if who == "muted":
        assert not said.answered
        return
    assert said.answered, f"{who} got no answer"
    if who in GROUPED:
        _is_sent_away(town, said, who)
    _tells_nothing(said, who, town.request.number)


def _is_sent_away(town: Town, said: Said, who: str) -> None:
    """In a group: 「请私聊」 in one message, or a word over the button to nobody but who pressed."""
    texts = town.house.frame.texts
    away = {
        str(texts("group-please-private", bot="linying_bot")),
        str(texts("admin-only-private")),
    }
    if said.rows:
        assert [r["text"] for r in said.rows if r["text"] in away] == [r["text"] for r in said.rows], who
        assert len(said.rows) == 1
    else:
        assert said.alert


async def _is_let_in(town: Town, row: Row, who: str) -> None:
    assert town.request
    before = await town.kept()
    said = await town.act(who, row.given(town))
    if row.changes:
        assert await town.kept() != before, f"{who} changed nothing"
    assert said.answered, f"{who} got no answer"
    if who.removesuffix(" in group") not in row.readers:
        _tells_nothing(said, who, town.request.number)
    offered = (await town.house.request(town.request.id)).status is RequestStatus.OFFERED
    elsewhere = who in GROUPED and who != "owner in group"
    if elsewhere or (who == "lead" and offered):
        assert not [s for s in DOOR if s in said.here], who


def _tells_nothing(said: Said, who: str, number: str) -> None:
    """Nothing of the owner; of their own, the owner may read all."""
    if who != "owner":
        found = [s for s in (*SECRETS, number) if s in said.here]
        assert not found, f"{who} read {found}"
