"""Residents, leads and strangers get nothing from any command or button of workers."""

from __future__ import annotations

import pytest
from aiogram import Router
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.statuses import RequestStatus
from handlers import admin
from handlers.admin.commands import ADMIN_COMMANDS
from handlers.admin.desk import Pressed
from storage.database import Database
from tests.bot.admin_house import Office, open_office
from tests.bot.lead_house import LEAD, RESIDENT, STRANGER

OTHERS = (RESIDENT, LEAD, STRANGER)
#: What a button of workers carries beside its action, by field; ids are put in by the test.
CARRIED = {"value": "7", "first": 739_000, "days": 7, "book": "n", "month": 202611, "page": 0}


def workers_buttons() -> list[Pressed]:
    """What every handler of a worker's button listens to, as the router itself tells."""

    def of(router: Router) -> list[Pressed]:
        own = [
            f.callback
            for handler in router.callback_query.handlers
            for f in handler.filters or []
            if isinstance(f.callback, Pressed)
        ]
        return own + [f for sub in router.sub_routers for f in of(sub)]

    return of(admin.make_router())


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


def values(request_id: int, organisation_id: int) -> list[str]:
    """Each of them, about this request and organisation."""
    carried = CARRIED | {"id": request_id, "other": organisation_id, "organisation": organisation_id}
    packed = []
    for button in workers_buttons():
        first, *rest = button.kind.model_fields
        fields = {name: carried[name] for name in rest if name in carried}
        packed += [button.kind(**{first: action}, **fields).pack() for action in sorted(button.actions)]
    assert len(packed) > 100
    return packed


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
    # Leads have a /why of their own, about work in hand, and letters about their own organisation.
    for command in ADMIN_COMMANDS if who != LEAD else set(ADMIN_COMMANDS) - {"why", "letters"}:
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
