"""Who said no: organisation and person for workers, the organisation's part for nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.identity import actor_of
from casework.events import OfferDeclined
from casework.use_cases.dispatch import ExpireOffer
from casework.use_cases.leads import AcceptOffer, DeclineOffer, HandBack
from handlers.kit.callbacks import MyRequestCD
from storage.database import Database
from tests.bot.admin_house import Office, open_office, said
from tests.bot.lead_house import ADMIN, COLLEAGUE, LEAD, OTHER_LEAD, RESIDENT

NAME = f"名字&lt;{LEAD}&gt;&amp;"


@pytest.fixture
async def office(db: Database, second_connection: AsyncEngine) -> Office:
    return await open_office(db, second_connection)


async def test_a_worker_reads_who_declined_and_who_kept_silent(office: Office) -> None:
    request = await office.house.file()
    await office.house.run(DeclineOffer, LEAD, (await office.house.offer(request)).id, "hands")
    await office.house.run(ExpireOffer, None, (await office.house.offer(request)).id)
    told = await office.house.words(ADMIN)
    assert f"巧手&lt;b&gt;理发&amp;队（{NAME}）婉拒：人手不够" in told
    shown = said(await office.write(f"/request {request.number}"))
    assert f"组织婉拒：巧手&lt;b&gt;理发&amp;队，人手不够（{NAME}）" in shown
    assert "组织没有答复：银发理发站" in shown
    assert f"婉拒（{NAME}）：人手不够" in said(await office.write(f"/why {request.number}"))


async def test_whoever_hands_back_is_named_not_whoever_had_accepted(office: Office) -> None:
    request = await office.house.accepted()
    await office.house.run(HandBack, COLLEAGUE, request.id, "车坏了")
    name = f"名字&lt;{COLLEAGUE}&gt;&amp;"
    assert f"（{name}）接了又退回：车坏了" in await office.house.words(ADMIN)
    assert "已退给社工" in await office.house.words(LEAD)
    assert await office.house.sent(COLLEAGUE) == []
    shown = said(await office.write(f"/request {request.number}"))
    assert f"组织退回：巧手&lt;b&gt;理发&amp;队，车坏了（{name}）" in shown
    assert f"组织接单：巧手&lt;b&gt;理发&amp;队（{NAME}）" in shown


async def test_the_event_says_who_spoke(office: Office) -> None:
    request = await office.house.file()
    async with office.house.db.transaction(office.house.community_id) as uow:
        context = office.house.frame.context(uow)
        actor = await actor_of(context, LEAD)
        await context.cases(DeclineOffer)(actor, (await office.house.offer(request)).id, "time")
        declined = [e for e in uow.take_events() if isinstance(e, OfferDeclined)]
    assert [(e.organisation.id, e.by) for e in declined] == [(office.house.organisations[0].id, LEAD)]


async def test_residents_and_other_organisations_never_read_the_name(office: Office) -> None:
    request = await office.house.file()
    await office.house.run(DeclineOffer, LEAD, (await office.house.offer(request)).id, "不想去那家")
    await office.house.run(AcceptOffer, OTHER_LEAD, (await office.house.offer(request)).id)
    await office.press(MyRequestCD(action="show", id=request.id), RESIDENT)
    for who in (RESIDENT, OTHER_LEAD):
        await office.house.write(who, f"/task {request.number}")
        told = await office.house.words(who)
        assert f"名字&lt;{LEAD}" not in told
        assert "不想去那家" not in told
