"""Whoever looks is written down, and workers can read who it was; it is noted what leads were shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.audit import AuditEntry
from casework.entities import Details
from casework.use_cases.filing import AskForHuman
from casework.use_cases.leads import AcceptOffer
from casework.use_cases.organisations import (
    CreateInvite,
    JoinOrganisation,
    MuteResident,
    PauseIntake,
    RemoveLead,
    SendBroadcast,
    SetOrganisationActive,
)
from casework.use_cases.reading import SeeRequest
from handlers.admin.deferred import DEFERRED
from handlers.kit.callbacks import DeskCD, EmergencyCD, OfferCD, WorkCD
from storage.database import Database
from tests.bot.admin_house import Office, done, open_office, said
from tests.bot.lead_house import ADMIN, COLLEAGUE, GROUP, LEAD, OTHER_LEAD, PHONE, RESIDENT, STRANGER


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


async def entries(office: Office) -> list[AuditEntry]:
    """Oldest first."""
    async with office.house.db.transaction(office.house.community_id, read_only=True) as uow:
        return (await uow.audit.newest(100))[::-1]


async def seen(office: Office) -> list[tuple[str, int | None, str]]:
    return [(e.act, e.actor_id, e.role) for e in await entries(office)]


async def revealing(office: Office) -> dict[int, set[str]]:
    """The rows to be sent that show something personal, as chat → methods."""
    found: dict[int, set[str]] = {}
    async with office.house.db.transaction(office.house.community_id) as uow:
        for _ in range(20):
            for item in await uow.outbox.claim(office.house.frame.clock.now(), 100):
                if item.reveals is not None:
                    found.setdefault(item.chat_id, set()).add(item.method)
                await uow.outbox.sent(item.id, office.house.frame.clock.now())
        await uow.commit()
    return found


async def test_asking_reveals_nothing_and_taking_does(office: Office) -> None:
    request = await office.house.file()
    offer = await office.house.offer(request)
    await office.house.press(LEAD, OfferCD(action="show", id=offer.id))
    assert await entries(office) == []
    assert await revealing(office) == {}
    await office.house.press(LEAD, OfferCD(action="accept", id=offer.id))
    assert await seen(office) == [("accepted", LEAD, "lead"), ("opened", LEAD, "lead")]
    assert {e.request_id for e in await entries(office)} == {request.id}
    assert await revealing(office) == {LEAD: {"EditMessageText", "SendContact"}}
    await office.house.press(COLLEAGUE, WorkCD(action="show", id=request.id))
    assert (await seen(office))[-1] == ("opened", COLLEAGUE, "lead")
    before = await entries(office)
    await office.house.press(OTHER_LEAD, WorkCD(action="show", id=request.id))
    await office.house.press(LEAD, WorkCD(action="show", id=request.id), GROUP)
    assert await entries(office) == before


async def test_danger_is_shown_to_all_who_are_called_and_each_is_written_down(office: Office) -> None:
    request = await office.house.emergency()
    assert set(await seen(office)) == {("alarmed", ADMIN, "admin"), ("alarmed", OTHER_LEAD, "lead")}
    # What workers were sent is theirs to keep.
    assert await revealing(office) == {OTHER_LEAD: {"SendMessage", "SendContact"}}
    await office.house.press(ADMIN, EmergencyCD(id=request.id))
    assert ("opened", ADMIN, "admin") in await seen(office)


async def test_a_resident_who_looks_at_the_own_request_is_nobody_to_note(office: Office) -> None:
    request = await office.house.file()
    await office.house.run(AcceptOffer, LEAD, (await office.house.offer(request)).id)
    noted = await entries(office)
    view = await office.house.run(SeeRequest, RESIDENT, request.id)
    assert view.request.details.phone == PHONE
    assert await entries(office) == noted


async def test_workers_read_who_looked_in_pages(office: Office) -> None:
    assert "还没有记录" in said(await office.write("/audit"))
    request = await done(office)
    for _ in range(10):
        await office.write(f"/request {request.number}")
        await office.write("/find 剪")
    page = await office.write(f"/audit {request.number}")
    assert request.number in said(page)
    assert "社工）看了全部内容" in said(page)
    assert PHONE not in said(page)
    assert "用查找" not in said(page)
    whole = await office.write("/audit")
    assert "用查找看了名单（1 件）" in said(whole)
    older = await office.tap(whole, "更早的")
    assert "负责人）接了单" in said(older)
    assert said(older) != said(whole)
    assert "没有编号" in said(await office.write("/audit 20200101-0001"))
    for value in ("", "x", "9.x", "9" * 30 + ".", "1.999999"):
        await office.press(DeskCD(action="audit", value=value))


async def test_rights_and_switches_leave_a_trace(office: Office) -> None:
    house, stopped = office.house, office.house.organisations[1]
    await house.run(PauseIntake, ADMIN, "停电")
    await house.run(PauseIntake, ADMIN, None)
    await house.run(MuteResident, ADMIN, RESIDENT, muted=True)
    await house.run(MuteResident, ADMIN, RESIDENT, muted=False)
    await house.run(SendBroadcast, ADMIN, "明天停水")
    token, _ = await house.run(CreateInvite, ADMIN, stopped.id)
    await house.run(JoinOrganisation, STRANGER, token)
    await house.run(RemoveLead, ADMIN, stopped.id, STRANGER)
    await house.run(SetOrganisationActive, ADMIN, stopped.id, active=False)
    found = await entries(office)
    assert [e.act for e in found] == [
        "paused",
        "resumed",
        "muted",
        "unmuted",
        "broadcast",
        "lead_invited",
        "lead_joined",
        "lead_removed",
        "organisation_rested",
    ]
    assert {e.actor_id for e in found if e.act != "lead_joined"} == {ADMIN}
    by_act = {e.act: e.facts for e in found}
    assert by_act["muted"] == {"person": RESIDENT}
    assert by_act["lead_removed"] == {"organisation": stopped.id, "person": STRANGER}
    assert stopped.name in said(await office.write("/audit"))


async def test_an_export_is_written_down_with_its_size(office: Office) -> None:
    await office.house.file()
    await office.write("/export 7")
    rows = [row for row in await office.house.sent() if row["method"] == "Deferred"]
    rows = rows or [r for r in await office.write("/export 7") if r["method"] == "Deferred"]
    assert rows[0]["kind"] in DEFERRED
    await office.deferred(rows[0])
    last = (await entries(office))[-1]
    assert (last.act, last.actor_id, last.facts) == ("exported", ADMIN, {"kind": "requests", "count": 1})


async def test_a_phone_told_to_workers_is_written_down_for_each(office: Office) -> None:
    async with office.house.db.transaction(office.house.community_id) as uow:
        person = await uow.people.get(RESIDENT)
        assert person is not None
        await uow.people.save(replace(person, saved=Details(phone=PHONE)))
        await uow.commit()
    await office.house.run(AskForHuman, RESIDENT, "找个人和我说话")
    (entry,) = await entries(office)
    assert (entry.act, entry.actor_id, entry.facts) == ("passed_on", ADMIN, {"person": RESIDENT})
