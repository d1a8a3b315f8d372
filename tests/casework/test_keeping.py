"""Being forgotten: what goes, what stays countable, what stands in the way; and what is too old."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from casework.entities import Details
from casework.errors import NotConsented
from casework.keeping.keeping_events import ConsentWanted, ErasureDone, ErasureWaits, LeadForgotten
from casework.keeping.personal import Obstacles, alias_of
from casework.sight import Showing, ShowingKind
from casework.use_cases.filing import FileEmergency, GiveConsent, RememberDetails
from casework.use_cases.folding import FoldShowings
from casework.use_cases.privacy import (
    AskConsent,
    AskErasure,
    EraseOn,
    ErasePerson,
    ExportOwnData,
    LookAtErasure,
    SeePrivacy,
    UndoErasure,
    WithdrawConsent,
)
from casework.use_cases.residents import (
    CancelRequest,
)
from tests.casework.lives import SECRET_WORDS, UNCOUNTED, a_life, contents, forgotten, reports
from tests.casework.world import DETAILS, LEAD, NEIGHBOUR, OWNER, World


async def test_what_is_forgotten_is_gone_and_every_count_stays(
    world: World, second_connection: AsyncEngine
) -> None:
    await a_life(world)
    world.clock.forward(hours=25)
    before, rows = await reports(world), await contents(second_connection)
    assert all(any(secret in repr(rows) for rows in rows.values()) for secret in SECRET_WORDS)
    await forgotten(world)
    world.clock.forward(hours=-25)
    left = await contents(second_connection)
    found = {
        (table, word)
        for table, several in left.items()
        for word in (*SECRET_WORDS, "1001")
        if any(word in repr(row) for row in several)
    }
    # Who looked at whom is kept for ever, by ids.
    assert {word for table, word in found if table == "audit"} <= {"1001"}
    assert {pair for pair in found if pair[0] != "audit"} == set()
    assert await reports(world) == before
    counts = {name: len(several) for name, several in rows.items() if name not in UNCOUNTED}
    assert {name: len(several) for name, several in left.items() if name not in UNCOUNTED} == counts


async def test_who_comes_back_is_a_new_person(world: World) -> None:
    request = await a_life(world)
    world.clock.forward(hours=1)
    erasure_id = await forgotten(world)
    async with world.transaction() as uow:
        assert await uow.people.get(OWNER) is None
        found = await uow.requests.get(request.id)
        assert found is not None
        assert found.resident_id == alias_of(erasure_id)
        assert await uow.requests.of_resident(OWNER) == []
        erasure = await uow.erasures.get(erasure_id)
        assert erasure is not None
        assert (erasure.person_id, erasure.done_at is not None) == (None, True)
    assert len(world.told(ErasureDone)) == 1
    # The timer that comes a second time finds nothing to do.
    assert await world.run(ErasePerson, world.system, OWNER, works=False) is None


async def test_it_can_be_taken_back_until_it_begins(world: World) -> None:
    await a_life(world)
    first = await world.run(AskErasure, world.owner)
    assert await world.run(AskErasure, world.owner) == first
    assert await world.run(UndoErasure, world.owner)
    assert not await world.run(UndoErasure, world.owner)
    world.clock.forward(hours=25)
    assert await world.run(ErasePerson, world.system, OWNER, works=False) is None
    kept = await world.run(SeePrivacy, world.owner)
    assert (kept.erasure, kept.person.saved.phone) == (None, "13812345678")


async def test_what_is_open_comes_first_and_danger_most_of_all(world: World) -> None:
    request = await world.filed()
    danger = await world.run(FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",))
    obstacles = await world.run(AskErasure, world.owner)
    assert isinstance(obstacles, Obstacles)
    assert ({r.id for r in obstacles.requests}, obstacles.danger) == ({request.id, danger.id}, True)
    assert await world.run(UndoErasure, world.owner) is False


async def test_what_was_opened_meanwhile_is_waited_for_and_said_once(world: World) -> None:
    asked = await world.run(AskErasure, world.owner)
    request = await world.filed()
    for _ in range(2):
        world.clock.forward(hours=25)
        waits = await world.run(ErasePerson, world.system, OWNER, works=False)
        assert waits.begun_at is None
    assert [e.obstacles.requests[0].id for e in world.told(ErasureWaits)] == [request.id]
    await world.run(CancelRequest, world.owner, request.id)
    world.clock.forward(hours=25)
    await world.run(ErasePerson, world.system, OWNER, works=False)
    async with world.transaction() as uow:
        assert (await uow.erasures.get(asked.id)).begun_at is not None  # type: ignore[union-attr]


async def test_an_organisation_is_not_left_alone_with_its_work(world: World) -> None:
    await world.accepted()
    obstacles = await world.run(LookAtErasure, world.lead)
    assert [o.name for o in obstacles.organisations] == ["巧手理发队"]
    async with world.transaction() as uow:
        await uow.organisations.add_lead(world.first.id, NEIGHBOUR, world.clock.now())
    assert not await world.run(LookAtErasure, world.lead)


async def test_a_lead_is_forgotten_and_their_organisations_deeds_stay(
    world: World, second_connection: AsyncEngine
) -> None:
    await world.confirmed()
    before = await reports(world)
    erasure = await world.run(AskErasure, world.lead)
    world.clock.forward(hours=25)
    await world.run(ErasePerson, world.system, LEAD, works=False)
    while await world.run(EraseOn, world.system, erasure.id):
        pass
    world.clock.forward(hours=-25)
    assert await reports(world) == before
    left = await contents(second_connection)
    assert [name for name, rows in left.items() if str(LEAD) in repr(rows)] in ([], ["audit"])
    assert left["leads"] != []
    (gone,) = world.told(LeadForgotten)
    assert (gone.organisation.id, gone.left) == (world.first.id, 0)


async def test_a_worker_keeps_what_they_did_for_the_community(
    world: World, second_connection: AsyncEngine
) -> None:
    await a_life(world)
    erasure = await world.run(AskErasure, world.worker)
    world.clock.forward(hours=25)
    await world.run(ErasePerson, world.system, world.worker.person_id, works=True)
    while await world.run(EraseOn, world.system, erasure.id):
        pass
    left = await contents(second_connection)
    assert str(world.worker.person_id) in repr(left["history"])
    assert "人3001" not in repr(left)


async def test_what_leads_were_shown_is_looked_at_at_once(world: World) -> None:
    request = await a_life(world)
    far = datetime.now(UTC) + timedelta(days=99)
    async with world.transaction() as uow:
        await uow.showings.add(Showing(LEAD, 5, request.id, ShowingKind.TEXT, far, far))
        await uow.showings.add(Showing(OWNER, 6, request.id, ShowingKind.TEXT, far, far))
    await forgotten(world)
    world.clock.at = datetime.now(UTC)
    folds = await world.run(FoldShowings, world.system, frozenset())
    assert [fold.showing.message_id for fold in folds.over] == [5]
    assert folds.over[0].request.description == ""


async def test_nothing_of_theirs_is_handled_meanwhile(
    world: World, engine_name: str, second_connection: AsyncEngine
) -> None:
    if engine_name == "sqlite":
        # Writers of SQLite take turns anyway.
        return
    chat = {"message": {"chat": {"id": OWNER}, "text": "又漏了"}}
    await world.db.receive([{"update_id": 1, **chat}], world.community.id)
    async with world.db.transaction(world.community.id) as forgetting:
        await forgetting.personal.hold(OWNER)
        async with world.db.transaction(world.community.id) as worker:
            assert await worker.inbox.claim() is None
    async with world.db.transaction(world.community.id) as worker:
        assert (await worker.inbox.claim()) is not None


async def test_who_was_silenced_stays_silent(world: World) -> None:
    async with world.transaction() as uow:
        person = await uow.people.get(OWNER)
        assert person is not None
        await uow.people.save(replace(person, muted=True))
    await forgotten(world)
    async with world.transaction() as uow:
        kept = await uow.people.get(OWNER)
    assert kept is not None
    assert (kept.name, kept.muted, kept.consented_at) == ("", True, None)


async def test_a_copy_holds_all_of_ones_own_and_nobody_elses_name(world: World) -> None:
    await a_life(world)
    data = await world.run(ExportOwnData, world.owner)
    told = repr(data)
    assert [word for word in SECRET_WORDS if word not in told] == []
    assert {"requests", "notes", "ratings", "followers", "volunteers", "problems"} <= set(data)
    assert [other for other in (str(LEAD), str(NEIGHBOUR), "3001") if other in told] == []
    assert await world.run(ExportOwnData, world.neighbour) != data


async def test_consent_is_withdrawn_and_asked_for_again(world: World) -> None:
    await world.run(RememberDetails, world.owner, DETAILS)
    assert await world.run(WithdrawConsent, world.owner)
    assert not await world.run(WithdrawConsent, world.owner)
    try:
        await world.filed()
    except NotConsented:
        pass
    else:
        raise AssertionError("filed without consent")
    async with world.transaction() as uow:
        person = await uow.people.get(OWNER)
    assert person is not None
    assert person.saved == Details()


async def test_after_an_emergency_consent_is_asked_once(world: World) -> None:
    await world.run(WithdrawConsent, world.owner)
    for _ in range(2):
        await world.run(FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",))
        world.clock.forward(minutes=31)
        async with world.transaction() as uow:
            while schedule := await uow.schedules.claim_due(world.clock.now()):
                assert schedule.subject_id in (OWNER, 0)
        await world.run(AskConsent, world.system, OWNER)
    assert [e.person.id for e in world.told(ConsentWanted)] == [OWNER]
    await world.run(GiveConsent, world.owner)
    await world.filed()
