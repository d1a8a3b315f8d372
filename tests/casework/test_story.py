"""A request on its way, use case by use case."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from casework.entities import Address, Details, WorkReport
from casework.errors import (
    AlreadyTaken,
    BadValue,
    Incomplete,
    InviteInvalid,
    NotConsented,
    NotFound,
    WrongState,
)
from casework.events import (
    EmergencyRaised,
    EmergencyTaken,
    NeedsTriage,
    OfferMade,
    OfferWithdrawn,
    RequestCancelled,
    RequestChanged,
    RequestUrged,
)
from casework.reports import RequestFilter
from casework.statuses import OfferStatus, RequestStatus, TimerKind, TriageReason
from casework.use_cases.dispatch import ExpireOffer, RepeatEmergency
from casework.use_cases.filing import Draft, FileEmergency, FileRequests
from casework.use_cases.leads import (
    AcceptOffer,
    CompleteWork,
    DeclineOffer,
    HandBack,
    StartWork,
    TakeEmergency,
)
from casework.use_cases.organisations import CreateInvite, ImportOrganisations, JoinOrganisation, PauseIntake
from casework.use_cases.reading import ExportRequests, ListTriage, SeeRequest
from casework.use_cases.residents import (
    CancelRequest,
    ChangeRequest,
    ConfirmSolved,
    RateRequest,
    ReportUnsolved,
    RestoreRequest,
    UrgeRequest,
)
from casework.use_cases.watching import RemindResolve
from casework.use_cases.workers import (
    AssignRequest,
    CloseForResident,
    DecideReopen,
    DeclineRequest,
    RecategoriseRequest,
    ReleaseTriage,
    SettleRequest,
)
from tests.casework.world import DETAILS, HAIRCUT, OTHER_LEAD, WORKER, World


async def test_from_words_to_a_confirmed_and_rated_request(world: World) -> None:
    filed = await world.filed()
    assert (filed.number, filed.status) == ("20261121-0001", RequestStatus.OFFERED)
    assert (filed.category, filed.organisation_id) == ("互助类", world.first.id)
    await world.run(AcceptOffer, world.lead, await world.offer_id(filed))
    await world.run(StartWork, world.lead, filed.id)
    await world.run(CompleteWork, world.lead, filed.id, WorkReport(1.5, 2, "剪好了"))
    await world.run(ConfirmSolved, world.owner, filed.id)
    await world.run(RateRequest, world.owner, filed.id, 5, ("kind",))
    view = await world.run(SeeRequest, world.owner, filed.id)
    steps = [(h.action, h.actor_role) for h in view.history]
    assert steps == [
        ("submit", "resident"),
        ("offer", "system"),
        ("accept", "lead"),
        ("start", "lead"),
        ("complete", "lead"),
        ("confirm", "resident"),
    ]
    assert (view.rating.stars, view.report.hours) == (5, 1.5)


async def test_the_number_counts_in_local_days(world: World) -> None:
    world.clock.at = world.clock.at.replace(hour=15, minute=59)
    assert (await world.filed()).number == "20261121-0001"
    world.clock.forward(minutes=1)
    assert (await world.filed()).number == "20261122-0001"


async def test_only_one_of_two_leads_gets_an_emergency(world: World) -> None:
    async with world.transaction() as uow:
        await uow.organisations.save(replace(world.first, emergency=True))
    request = await world.run(
        FileEmergency, world.owner, "aid_rescue", "着火了", "着火了", Details(), ("119",)
    )
    offers = [(world.lead, await world.offer_id(request, world.first))]
    offers.append((world.other_lead, await world.offer_id(request, world.second)))
    results = await asyncio.gather(
        *(world.run(AcceptOffer, actor, offer) for actor, offer in offers), return_exceptions=True
    )
    assert sorted(type(r).__name__ for r in results) == ["AlreadyTaken", "Request"]
    async with world.transaction() as uow:
        states = sorted(o.status for o in await uow.offers.of_request(request.id))
    assert states == [OfferStatus.ACCEPTED, OfferStatus.WITHDRAWN]


async def test_a_second_press_changes_nothing(world: World) -> None:
    request = await world.accepted()
    again = await world.run(AcceptOffer, world.lead, await world.offer_id(request))
    assert again == await world.now_at(request)


async def test_the_next_best_is_asked_and_at_the_end_a_human(world: World) -> None:
    request = await world.filed()
    world.events.clear()
    after = await world.run(DeclineOffer, world.lead, await world.offer_id(request), "人手不够")
    assert (after.organisation_id, after.status) == (world.second.id, RequestStatus.OFFERED)
    await world.run(ExpireOffer, world.system, await world.offer_id(request, world.second))
    end = await world.now_at(request)
    assert (end.status, end.organisation_id) == (RequestStatus.TRIAGE, None)
    assert [e.why for e in world.told(NeedsTriage)] == [TriageReason.NOBODY_TO_OFFER]


async def test_an_expired_offer_cannot_be_accepted_any_more(world: World) -> None:
    request = await world.filed()
    offer = await world.offer_id(request)
    await world.run(ExpireOffer, world.system, offer)
    with pytest.raises(AlreadyTaken):
        await world.run(AcceptOffer, world.lead, offer)
    await world.run(ExpireOffer, world.system, offer)
    assert (await world.now_at(request)).organisation_id == world.second.id


async def test_nothing_is_filed_incomplete_or_without_consent(world: World) -> None:
    with pytest.raises(Incomplete) as caught:
        await world.filed(replace(HAIRCUT, details=Details(phone="13812345678")))
    assert caught.value.facts == {"fields": "address,recipient,time"}
    async with world.transaction() as uow:
        person = await uow.people.get(world.owner.person_id or 0)
        assert person is not None
        await uow.people.save(replace(person, consented_at=None))
    with pytest.raises(NotConsented):
        await world.filed()


async def test_two_needs_are_linked_and_one_bad_one_files_neither(world: World) -> None:
    lamp = Draft("saf_lighting", "楼道灯不亮", "楼道灯不亮", HAIRCUT.details)
    with pytest.raises(Incomplete):
        await world.run(FileRequests, world.owner, [HAIRCUT, replace(lamp, details=Details())])
    async with world.transaction() as uow:
        assert await uow.requests.of_resident(1001) == []
    both = await world.run(FileRequests, world.owner, [HAIRCUT, lamp])
    assert [r.bundle for r in both] == [both[0].number] * 2
    assert both[0].number != both[1].number


async def test_what_the_reader_was_unsure_of_goes_to_a_human_who_releases_it(world: World) -> None:
    request = await world.filed(replace(HAIRCUT, confident=False))
    assert request.triage_reason is TriageReason.LOW_CONFIDENCE
    assert request in (await world.run(ListTriage, world.worker)).waiting
    released = await world.run(ReleaseTriage, world.worker, request.id)
    assert (released.status, released.triage_reason) == (RequestStatus.OFFERED, None)


async def test_while_intake_is_paused_requests_wait_but_emergencies_do_not(world: World) -> None:
    await world.run(PauseIntake, world.worker, "台风停工")
    assert (await world.filed()).triage_reason is TriageReason.INTAKE_PAUSED
    urgent = await world.run(FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",))
    assert urgent.status is RequestStatus.OFFERED


async def test_unsolved_is_decided_by_a_human_and_goes_to_another_organisation(world: World) -> None:
    request = await world.confirmed()
    await world.run(ReportUnsolved, world.owner, request.id, "还是漏")
    rejected = await world.run(DecideReopen, world.worker, request.id, approve=False, reason="已看过")
    assert rejected.status is RequestStatus.DONE
    await world.run(ReportUnsolved, world.owner, request.id, "真的还是漏")
    await world.run(ReportUnsolved, world.owner, request.id, "漏得更厉害了")
    reopened = await world.run(DecideReopen, world.worker, request.id, approve=True)
    assert (reopened.status, reopened.organisation_id) == (RequestStatus.OFFERED, world.second.id)
    assert reopened.done_at is None


async def test_cancelled_and_restored_to_the_same_organisation(world: World) -> None:
    request = await world.accepted()
    world.events.clear()
    await world.run(CancelRequest, world.owner, request.id, "自己剪了")
    assert [o.id for e in world.told(RequestCancelled) for o in e.organisations] == [world.first.id]
    with pytest.raises(WrongState):
        await world.run(CompleteWork, world.lead, request.id, WorkReport())
    restored = await world.run(RestoreRequest, world.owner, request.id)
    assert (restored.status, restored.organisation_id) == (RequestStatus.OFFERED, world.first.id)
    await world.run(CancelRequest, world.owner, request.id)
    world.clock.forward(days=1, seconds=1)
    with pytest.raises(WrongState):
        await world.run(RestoreRequest, world.owner, request.id)


@pytest.mark.parametrize("how", ["assign", "recategorise", "decline", "close", "settle"])
async def test_whoever_had_it_is_told_when_a_worker_takes_it_away(world: World, how: str) -> None:
    request = await world.accepted()
    world.events.clear()
    if how == "assign":
        await world.run(AssignRequest, world.worker, request.id, world.second.id)
    elif how == "recategorise":
        await world.run(RecategoriseRequest, world.worker, request.id, "hom_plumbing")
    elif how == "decline":
        await world.run(DeclineRequest, world.worker, request.id, "归街道")
    elif how == "close":
        await world.run(CloseForResident, world.worker, request.id, solved=False, reason="电话里说不用了")
    else:
        await world.run(SettleRequest, world.worker, request.id, "社工上门剪了")
    assert [e.organisation.id for e in world.told(OfferWithdrawn)] == [world.first.id]
    with pytest.raises((NotFound, WrongState, Exception)) as caught:
        await world.run(CompleteWork, world.lead, request.id, WorkReport())
    assert type(caught.value).__name__ in {"NotAllowed", "WrongState"}
    async with world.transaction() as uow:
        world.clock.forward(days=30)
        left = []
        while timer := await uow.timers.claim_due(world.clock.now()):
            left.append(timer.kind)
    if how in ("assign", "recategorise"):
        # The promise to the resident goes on; nobody who lost it hears of that.
        world.events.clear()
        await world.run(RemindResolve, world.system, request.id, late=True)
        assert world.events == []
    else:
        assert not {TimerKind.RESOLVE_DUE, TimerKind.RESOLVE_REMINDER} & set(left)


async def test_handing_back_goes_to_a_human_and_not_to_the_same_again(world: World) -> None:
    request = await world.accepted()
    back = await world.run(HandBack, world.lead, request.id, "理发师傅住院了")
    assert (back.status, back.triage_reason) == (RequestStatus.TRIAGE, TriageReason.HANDED_BACK)
    assert (await world.run(ReleaseTriage, world.worker, request.id)).organisation_id == world.second.id


async def test_a_home_told_in_words_stays_closed_before_acceptance(world: World) -> None:
    address = Address(place="菜市场对面第三家")
    draft = replace(HAIRCUT, details=replace(DETAILS, address=address), without=("door",))
    request = await world.filed(draft)
    before = await world.run(SeeRequest, world.lead, request.id)
    assert before.request.details.address == Address()
    await world.run(AcceptOffer, world.lead, await world.offer_id(request))
    assert (await world.run(SeeRequest, world.lead, request.id)).request.details.address == address


async def test_changes_reach_whoever_holds_it_with_old_and_new(world: World) -> None:
    request = await world.accepted()
    world.events.clear()
    new = Details(Address(building="9"), time_expr="后天下午", time_start="2026-11-23")
    changed = await world.run(ChangeRequest, world.owner, request.id, new)
    assert changed.details.address == Address("丰和家园", "9")
    event = world.told(RequestChanged)[0]
    assert [o.id for o in event.organisations] == [world.first.id]
    assert event.fields == ("address", "time")
    assert (event.before.time_expr, changed.details.time_expr) == ("明天上午", "后天下午")
    assert event.before.address == Address("丰和家园", "8", "2", "501")
    with pytest.raises(BadValue):
        await world.run(ChangeRequest, world.owner, request.id, Details())


async def test_urging_counts_and_knows_whether_it_is_late(world: World) -> None:
    request = await world.filed()
    await world.run(UrgeRequest, world.owner, request.id)
    # The answer is owed at the end of the first working day, a Monday.
    world.clock.forward(days=3)
    world.events.clear()
    assert (await world.run(UrgeRequest, world.owner, request.id)).urges == 2
    assert [e.late for e in world.told(RequestUrged)] == [True]


async def test_an_emergency_calls_again_until_a_human_takes_it(world: World) -> None:
    request = await world.run(FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",))
    assert [o.id for e in world.told(EmergencyRaised) for o in e.organisations] == [world.second.id]
    await world.run(RepeatEmergency, world.system, request.id, 1)
    assert [e.step for e in world.told(EmergencyRaised)] == [1]
    taken = await world.run(TakeEmergency, world.worker, request.id)
    assert (taken.taken_by, len(world.told(EmergencyTaken))) == (WORKER, 1)
    await world.run(RepeatEmergency, world.system, request.id, 2)
    assert world.told(EmergencyRaised) == []
    with pytest.raises(AlreadyTaken):
        await world.run(TakeEmergency, world.other_lead, request.id)
    done = await world.run(SettleRequest, world.worker, request.id, "消防已到，火灭了")
    assert done.status is RequestStatus.DONE


async def test_an_emergency_that_is_restored_calls_everybody_anew(world: World) -> None:
    request = await world.run(FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",))
    await world.run(TakeEmergency, world.worker, request.id)
    await world.run(CancelRequest, world.owner, request.id)
    world.events.clear()
    restored = await world.run(RestoreRequest, world.owner, request.id)
    assert restored.taken_by is None
    assert [o.id for e in world.told(EmergencyRaised) for o in e.organisations] == [world.second.id]
    await world.run(RepeatEmergency, world.system, restored.id, 1)
    assert [e.step for e in world.told(EmergencyRaised)] == [1]


async def test_a_lead_who_takes_an_emergency_also_has_the_work(world: World) -> None:
    request = await world.run(FileEmergency, world.owner, "aid_rescue", "着火", "着火", Details(), ("119",))
    taken = await world.run(TakeEmergency, world.other_lead, request.id)
    assert (taken.status, taken.organisation_id) == (RequestStatus.ACCEPTED, world.second.id)
    assert taken.taken_by == OTHER_LEAD


async def test_leads_see_phone_and_door_only_while_it_is_theirs(world: World) -> None:
    request = await world.filed()
    before = await world.run(SeeRequest, world.lead, request.id)
    assert before.masked
    assert before.request.details.phone == before.request.details.address.room == ""
    assert "13812345678" not in before.request.description
    await world.run(AcceptOffer, world.lead, await world.offer_id(request))
    during = await world.run(SeeRequest, world.lead, request.id)
    assert during.request.details.phone == "13812345678"
    await world.run(CompleteWork, world.lead, request.id, WorkReport())
    await world.run(ConfirmSolved, world.owner, request.id)
    # Something may still be wrong with it, for some days.
    after = await world.run(SeeRequest, world.lead, request.id)
    assert after.request.details.phone == "13812345678"
    world.clock.forward(days=7, seconds=-1)
    assert not (await world.run(SeeRequest, world.lead, request.id)).masked
    world.clock.forward(seconds=1)
    over = await world.run(SeeRequest, world.lead, request.id)
    assert over.masked
    assert over.request.details.phone == over.request.details.address.room == ""
    assert "13812345678" not in over.request.description
    assert not (await world.run(SeeRequest, world.worker, request.id)).masked


async def test_an_invite_opens_once_and_not_after_its_time(world: World) -> None:
    token, _ = await world.run(CreateInvite, world.worker, world.first.id)
    with pytest.raises(InviteInvalid):
        await world.run(JoinOrganisation, world.neighbour, token + "x")
    results = await asyncio.gather(
        world.run(JoinOrganisation, world.neighbour, token),
        world.run(JoinOrganisation, world.owner, token),
        return_exceptions=True,
    )
    assert sorted(type(r).__name__ for r in results) == ["InviteInvalid", "Organisation"]
    late, _ = await world.run(CreateInvite, world.worker, world.first.id)
    world.clock.forward(days=7, seconds=1)
    with pytest.raises(InviteInvalid):
        await world.run(JoinOrganisation, world.neighbour, late)


async def test_an_import_with_one_bad_row_takes_in_nothing(world: World) -> None:
    good = replace(world.first, id=0, name="新来的队")
    with pytest.raises(BadValue):
        await world.run(
            ImportOrganisations, world.worker, [good, replace(good, name="坏的", category="没有类")]
        )
    async with world.transaction() as uow:
        assert await uow.organisations.by_name("新来的队") is None
    same = replace(world.first, id=0, capacity=3)
    assert await world.run(ImportOrganisations, world.worker, [good, same]) == (1, 1)
    async with world.transaction() as uow:
        kept = await uow.organisations.get(world.first.id)
    assert kept is not None
    assert kept.capacity == 3


async def test_an_export_holds_every_request_once_with_its_history(world: World) -> None:
    first, second = await world.confirmed(), await world.filed()
    async with world.transaction() as uow:
        rows = await ExportRequests(uow, world.clock, world.community)(world.worker, RequestFilter())
        found = [row async for row in rows]
    assert [r.request.number for r in found] == [first.number, second.number]
    assert [len(r.history) for r in found] == [5, 2]


async def test_a_failing_use_case_leaves_no_trace_and_no_event(world: World) -> None:
    request = await world.filed()
    world.events.clear()
    with pytest.raises(NotFound):
        await world.run(AssignRequest, world.worker, request.id, 999)
    assert await world.now_at(request) == request
    assert world.told(OfferMade) == []
