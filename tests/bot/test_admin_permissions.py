"""Residents, leads and strangers get nothing from any command or button of workers."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.statuses import RequestStatus
from handlers.admin.commands import ADMIN_COMMANDS
from handlers.admin.decide import ACTS
from handlers.kit.callbacks import DeskCD, ModelCD, OrganisationCD, PageCD, TeachCD, TriageCD
from storage.database import Database
from tests.bot.admin_house import Office, open_office
from tests.bot.lead_house import LEAD, RESIDENT, STRANGER

OTHERS = (RESIDENT, LEAD, STRANGER)
TRIAGE = ("show", "list", "release", "reopen_yes", "pick", "search", "assign", "assign_yes", "group", "item")
TRIAGE += ("refile", "history", "why", "why_chart", "unmute", "yes", "keep", *ACTS)
ORGANISATION = ("list", "show", "invite", "pause", "resume", "drop", "drop_yes")
DESK = ("stats", "export", "template", "broadcast", "broadcast_yes", "broadcast_no", "pause", "resume")
DESK += ("retry", "find", "find_on", "help", "import_yes", "import_no")

TEACH = ("next", "yes", "no", "other", "label", "undo")
MODEL = ("show", "learn", "compare", "back", "back_yes")


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


def values(request_id: int, organisation_id: int) -> list[str]:
    every = [TriageCD(action=a, id=request_id, value=str(organisation_id)) for a in TRIAGE]
    every += [TriageCD(action="refile", id=request_id, value="hom_plumbing")]
    every += [OrganisationCD(action=a, id=organisation_id, value=str(LEAD)) for a in ORGANISATION]
    every += [DeskCD(action=a, value="7") for a in DESK]
    every += [TeachCD(action=a, id=1, value="acts") for a in TEACH]
    every += [ModelCD(action=a, value="1") for a in MODEL]
    every += [PageCD(list=name, page=0) for name in ("triage", "late", "orgs")]
    return [data.pack() for data in every]


@pytest.mark.parametrize("who", OTHERS)
async def test_no_button_of_workers_does_anything_for_others(office: Office, who: int) -> None:
    request = await office.house.file()
    await office.house.sent()
    before = await office.house.request(request.id)
    for data in values(request.id, office.house.organisations[0].id):
        office.missed.clear()
        await office.house.press(who, data)
        assert office.missed == [data]
    assert await office.house.sent() == []
    assert await office.house.request(request.id) == before


@pytest.mark.parametrize("who", OTHERS)
async def test_no_command_of_workers_does_anything_for_others(office: Office, who: int) -> None:
    request = await office.house.file()
    await office.house.sent()
    # Leads have a /why of their own, about work in hand.
    for command in ADMIN_COMMANDS if who != LEAD else set(ADMIN_COMMANDS) - {"why"}:
        office.missed.clear()
        await office.house.write(who, f"/{command} {request.number} x")
        assert len(office.missed) == 1
    assert await office.house.sent() == []
    assert (await office.house.request(request.id)).status is RequestStatus.OFFERED


@pytest.mark.parametrize("who", OTHERS)
async def test_files_of_others_are_not_read_as_lists(office: Office, who: int) -> None:
    office.files.content = b"PK"
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "a.xlsx", "file_size": 9}
    await office.house.write(who, document=document)
    assert office.missed == [""]


async def test_every_button_of_workers_is_known_here(office: Office) -> None:
    """A button that this list forgot would not be guarded by these tests."""
    from aiogram import Router

    from handlers import admin
    from handlers.admin.desk import Pressed

    known = {TriageCD: TRIAGE, OrganisationCD: ORGANISATION, DeskCD: DESK, TeachCD: TEACH, ModelCD: MODEL}
    known[PageCD] = ("triage", "late", "orgs")

    def handlers_of(router: Router) -> list[Pressed]:
        own = [
            f.callback
            for handler in router.callback_query.handlers
            for f in handler.filters or []
            if isinstance(f.callback, Pressed)
        ]
        return own + [f for sub in router.sub_routers for f in handlers_of(sub)]

    found = handlers_of(admin.make_router())
    assert found
    for pressed in found:
        assert pressed.actions <= set(known[pressed.kind]), pressed.kind
