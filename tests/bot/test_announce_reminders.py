"""What time alone makes the program say: reminders, and promises that are over."""

from __future__ import annotations

from datetime import timedelta

from casework.statuses import OfferStatus
from casework.use_cases.leads import AcceptOffer
from casework.use_cases.residents import UrgeRequest
from casework.use_cases.watching import RemindOffer, RemindResolve
from tests.bot.lead_house import ADMIN, LEAD, RESIDENT, House


async def test_nobody_is_reminded_of_an_end_that_has_passed(house: House) -> None:
    request = await house.file()
    offer = await house.offer(request)
    await house.sent()
    house.frame.clock.follow(30 * 86400)
    await house.run(RemindOffer, None, offer.id)
    assert await house.sent() == []
    await house.run(AcceptOffer, LEAD, offer.id)
    await house.sent()
    await house.run(RemindResolve, None, request.id, late=False)
    assert await house.sent() == []
    await house.run(RemindResolve, None, request.id, late=True)
    assert "已经过了" in await house.words(LEAD)


async def test_reminders(house: House) -> None:
    request = await house.file()
    await house.sent()
    await house.run(RemindOffer, None, (await house.offer(request)).id)
    assert "的答复" in await house.words(LEAD)
    await house.run(AcceptOffer, LEAD, (await house.offer(request)).id)
    await house.sent()
    await house.run(RemindResolve, None, request.id, late=False)
    assert "过了一半" in await house.words(LEAD)
    await house.run(RemindResolve, None, request.id, late=False, step=2)
    assert "快到时间了" in await house.words(LEAD)
    await house.run(RemindResolve, None, request.id, late=True)
    assert "已经过了" in await house.words(LEAD)
    assert await house.sent(ADMIN) == []


async def test_an_expired_offer_after_days_names_the_promise(house: House) -> None:
    request = await house.accepted()
    house.frame.clock.follow(timedelta(days=30).total_seconds())
    await house.run(UrgeRequest, RESIDENT, request.id)
    assert "已经过了" in await house.words(LEAD)
    assert "已经超时" in await house.words(ADMIN)
    offer = await house.offer(request, OfferStatus.ACCEPTED)
    assert offer.decided_by == LEAD
