"""The monthly public notice, and what workers enter for it: donations and prices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any

from casework.books.figures import Axis
from casework.catalogue import Community
from casework.entities import Organisation
from casework.errors import BadValue, NotFound, TooLate
from casework.judging.disclosure import Donation, Notice, Price
from casework.judging.judgement_events import NoticeReady
from casework.judging.register import ListKind
from casework.permissions import Actor, Permission
from casework.promises.moments import local
from casework.reports import RequestFilter
from casework.statuses import Fee
from casework.use_case import UseCase

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def month_before(now: datetime, community: Community) -> str:
    """The month that ended last, as YYYY-MM."""
    first = local(now, community).date().replace(day=1)
    return (first - timedelta(days=1)).strftime("%Y-%m")


def span_of(month: str, community: Community) -> tuple[datetime, datetime]:
    """From the first moment of a month to the first after it. Raises BadValue."""
    found = _MONTH.fullmatch(month)
    if not found:
        raise BadValue(field="month")
    year, number = int(found[1]), int(found[2])
    zone = local(datetime.fromisoformat("2000-01-01T00:00:00+00:00"), community).tzinfo
    after = (year + 1, 1) if number == 12 else (year, number + 1)
    midnight = time(tzinfo=zone)
    since, until = (datetime(y, m, 1).date() for y, m in ((year, number), after))  # noqa: DTZ001
    return datetime.combine(since, midnight), datetime.combine(until, midnight)


class RecordDonation(UseCase):
    """A worker writes down what somebody gave."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, donor: str, gift: str, purpose: str) -> Donation:
        """Raises BadValue when one of them is empty (a purpose may be) or overlong."""
        said = [text.strip() for text in (donor, gift, purpose)]
        if not said[0] or not said[1] or any(len(text) > 100 for text in said):
            raise BadValue(field="donation")
        new = Donation(0, self.community.id, said[0], said[1], said[2], actor.person_id or 0, self.now)
        return await self.uow.disclosures.add_donation(new)


class WithdrawDonation(UseCase):
    """It was written down by mistake."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, donation_id: int) -> Donation:
        """It is kept as withdrawn. Raises NotFound. A repeat changes nothing."""
        donation = await self.uow.disclosures.donation(donation_id)
        if donation is None:
            raise NotFound(what="donation", id=donation_id)
        await self.uow.disclosures.withdraw_donation(donation_id, self.now)
        return donation


class ListDonations(UseCase):
    """What was given in a month."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, month: str = "") -> list[Donation]:
        """Of the running month when none is named, oldest first."""
        since, until = span_of(month or local(self.now, self.community).strftime("%Y-%m"), self.community)
        return await self.uow.disclosures.donations(since, until)


class SetPrice(UseCase):
    """What an organisation takes for an item."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, organisation_id: int, item: str, words: str) -> Price:
        """In the place of an earlier price. Raises BadValue for empty or overlong words."""
        organisation = await self.organisation(organisation_id)
        code, words = self.community.catalogue.item(item).code, words.strip()
        if not 0 < len(words) <= 60:
            raise BadValue(field="price")
        new = Price(0, self.community.id, organisation.id, code, words, actor.person_id or 0, self.now)
        return await self.uow.disclosures.set_price(new)


class EndPrice(UseCase):
    """It is not taken any more."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, price_id: int) -> Price:
        """Raises NotFound. A repeat changes nothing."""
        price = await self.uow.disclosures.price(price_id)
        if price is None:
            raise NotFound(what="price", id=price_id)
        await self.uow.disclosures.end_price(price_id, self.now)
        return price


class ListPrices(UseCase):
    """All prices that stand; they are public."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor) -> list[tuple[Price, Organisation]]:
        """By organisation."""
        every = {o.id: o for o in await self.uow.organisations.all()}
        return [(price, every[price.organisation_id]) for price in await self.uow.disclosures.prices()]


class ListUnpriced(UseCase):
    """Who takes money and has not told what for."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor) -> list[Organisation]:
        """Active organisations by id."""
        priced = {price.organisation_id for price in await self.uow.disclosures.prices()}
        every = await self.uow.organisations.all(active_only=True)
        return [o for o in every if o.fee is not Fee.FREE and o.id not in priced]


class DraftNotice(UseCase):
    """The figures of a month's notice as they are now, or as they were published."""

    permission = Permission.READ_REPORTS

    async def __call__(self, actor: Actor, month: str) -> tuple[Mapping[str, Any], Notice | None]:
        """The figures (plain JSON) and the notice if it is out. Raises BadValue for a month that is none or
        has not begun."""
        since, until = span_of(month, self.community)
        if since > self.now:
            raise BadValue(field="month")
        published = await self.uow.disclosures.notice(month)
        if published is not None:
            return published.figures, published
        return await self._figures(since, until), None

    async def _figures(self, since: datetime, until: datetime) -> dict[str, Any]:
        those = RequestFilter(since=since, until=until)
        counts = await self.uow.figures.tally(those, self.now)
        by_item, by_day, by_organisation = [
            await self.uow.figures.by(axis, those, self.now)
            for axis in (Axis.ITEM, Axis.DAY, Axis.ORGANISATION)
        ]
        rates = await self.uow.rates.of(those, self.now)
        every = {o.id: o for o in await self.uow.organisations.all()}
        listed = [e for e in await self.uow.register.listed() if e.counts_fully(self.now)]
        given = await self.uow.disclosures.donations(since, until)
        return {
            "total": counts.total,
            "urgent": counts.urgent,
            "by_item": {str(item): tally.total for item, tally in by_item.items()},
            "by_day": {str(day): tally.total for day, tally in sorted(by_day.items(), key=str)},
            "organisations": len(by_organisation.keys() - {None}),
            "rates": asdict(rates),
            "prices": [
                [every[p.organisation_id].name, p.item, p.words] for p in await self.uow.disclosures.prices()
            ],
            "donations": [[d.donor, d.gift, d.purpose] for d in given],
            "red": [every[e.organisation_id].name for e in listed if e.kind is ListKind.RED],
            "black": [[every[e.organisation_id].name, e.reason] for e in listed if e.kind is ListKind.BLACK],
        }


class PublishNotice(UseCase):
    """Let everybody read it; from then on its figures stand."""

    permission = Permission.BROADCAST

    async def __call__(self, actor: Actor, month: str) -> Notice:
        """Raises TooLate when it is out already, BadValue while the month runs."""
        _, until = span_of(month, self.community)
        if until > self.now:
            raise BadValue(field="month")
        figures, published = await self.other(DraftNotice)(actor, month)
        notice = Notice(month, self.community.id, figures, self.now, actor.person_id or 0)
        if published is not None or not await self.uow.disclosures.publish(notice):
            raise TooLate(number=month)
        return notice


class ReadNotice(UseCase):
    """`/notice`: what is published, for everybody."""

    permission = Permission.FILE

    async def __call__(self, actor: Actor, month: str = "") -> tuple[Notice | None, list[str]]:
        """The notice of the month (the latest when none is named) and all published months, newest first."""
        months = await self.uow.disclosures.published()
        wanted = month or (months[0] if months else "")
        return (await self.uow.disclosures.notice(wanted) if wanted else None), months


class RemindOfNotice(UseCase):
    """A month is over."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> None:
        """Workers are told, unless somebody was faster."""
        month = month_before(self.now, self.community)
        if await self.uow.disclosures.notice(month) is None:
            self.uow.record(NoticeReady(month))
