"""Commands, buttons, deep links × owner, neighbour, lead, other lead, worker, stranger, group member."""

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
from tests.bot import known_buttons
from tests.bot.permission_rows import BUTTONS, COMMANDS, LINKS, Row
from tests.bot.whole_house import DOOR, PEOPLE, SECRETS, Said, Town, open_town

# Who may do what does not depend on the database; one is enough.
on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True, scope="session")

ROWS: dict[str, Row] = {
    **{f"/{name}": row for name, row in COMMANDS.items()},
    **{f"?start={link}": row for link, row in LINKS.items()},
    **{f"{kind.__name__}-{action}": row for (kind, action), row in BUTTONS.items()},
}


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> Town:
    return await open_town(db, second_connection, reader)


def test_every_command_button_and_link_has_a_row() -> None:
    """What is new without a row fails here; what is gone but still has one fails too."""
    top = make_dispatcher()
    names = known_buttons.commands(top)
    assert names == set(COMMANDS)
    assert names >= {*listed.RESIDENT, *listed.LEAD, *ADMIN_COMMANDS}
    assert known_buttons.every_button(top) == set(BUTTONS)
    assert {kind for kind, _ in BUTTONS} == set(known_buttons.KINDS.values())
    links = {v for k, v in vars(start).items() if k.startswith("_") and isinstance(v, str) and v[-1:] == "_"}
    assert links - {"__"} == set(LINKS)


@on_sqlite
@pytest.mark.parametrize("name", list(ROWS))
async def test_who_is_let_in(town: Town, name: str) -> None:
    row = ROWS[name]
    await row.stage(town)
    assert town.request
    number = town.request.number
    for who in (p for p in PEOPLE if p not in row.allowed):
        person, chat = PEOPLE[who]
        before = await town.kept(but=person)
        said = await town.act(who, row.given(town))
        assert await town.kept(but=person) == before, f"{who} changed something"
        assert {r["chat_id"] for r in said.rows} <= {chat}, f"{who} made others hear of it"
        assert said.answered, f"{who} got no answer"
        _tells_nothing(said, who, number)
    for who in (p for p in PEOPLE if p in row.allowed):
        await row.stage(town)
        person, _ = PEOPLE[who]
        before = await town.kept()
        said = await town.act(who, row.given(town))
        if row.changes:
            assert await town.kept() != before, f"{who} changed nothing"
        assert said.answered, f"{who} got no answer"
        if who not in row.readers:
            _tells_nothing(said, who, town.request.number)
        if who == "lead" and (await town.house.request(town.request.id)).status is RequestStatus.OFFERED:
            assert not [s for s in DOOR if s in said.here]
    assert await town.dead() == []


def _tells_nothing(said: Said, who: str, number: str) -> None:
    """Nothing of the owner; of their own, the owner may read all."""
    if who != "owner":
        found = [s for s in (*SECRETS, number) if s in said.here]
        assert not found, f"{who} read {found}"
