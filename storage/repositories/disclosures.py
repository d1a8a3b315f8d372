"""Donations, prices and public notices."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from casework.judging.disclosure import Donation, Notice, Price
from storage.repositories.base import Repository, is_id
from storage.tables_judgement import donations, notices, price_stands, prices

_d, _p, _n = donations.c, prices.c, notices.c
_DONATIONS = select(donations).where(_d.community_id == bindparam("community")).order_by(_d.at, _d.id)
_DONATION = _DONATIONS.where(_d.id == bindparam("its_id"))
_GIVEN = _DONATIONS.where(_d.at >= bindparam("since"), _d.at < bindparam("until"), _d.withdrawn_at.is_(None))
_WITHDRAW = (
    update(donations)
    .where(_d.community_id == bindparam("community"), _d.id == bindparam("its_id"), _d.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("end"))
)
_PRICES = select(prices).where(_p.community_id == bindparam("community"))
_PRICE = _PRICES.where(_p.id == bindparam("its_id"))
_STANDING = _PRICES.where(price_stands).order_by(_p.organisation_id, _p.item)
_ENDED = update(prices).where(_p.community_id == bindparam("community"), price_stands)
_END = _ENDED.where(_p.id == bindparam("its_id")).values(ended_at=bindparam("end"))
_REPLACE = _ENDED.where(
    _p.organisation_id == bindparam("organisation"), _p["item"] == bindparam("its_item")
).values(ended_at=bindparam("end"))
_NOTICE = select(notices).where(_n.community_id == bindparam("community"), _n.month == bindparam("its_month"))
_PUBLISHED = (
    select(_n.month)
    .where(_n.community_id == bindparam("community"))
    .order_by(_n.month.desc())
    .limit(bindparam("most"))
)


class Disclosures(Repository):
    """Implements `casework.disclosure.Disclosures`."""

    async def add_donation(self, donation: Donation) -> Donation:
        """Insert (the id given is ignored)."""
        return replace(donation, id=await self._insert(donations, _without_id(donation)))

    async def donation(self, donation_id: int) -> Donation | None:
        """The donation with this id in this community."""
        row = (await self._run(_DONATION, its_id=donation_id)).first() if is_id(donation_id) else None
        return None if row is None else Donation(**row._mapping)

    async def withdraw_donation(self, donation_id: int, at: datetime) -> bool:
        """It was a mistake; False when it is withdrawn already."""
        return (await self._run(_WITHDRAW, its_id=donation_id, end=at)).rowcount == 1

    async def donations(self, since: datetime, until: datetime) -> list[Donation]:
        """Those that stand, oldest first."""
        return [Donation(**row._mapping) for row in await self._run(_GIVEN, since=since, until=until)]

    async def set_price(self, price: Price) -> Price:
        """In the place of the one that stood; the old one is kept as ended."""
        of = {"organisation": price.organisation_id, "its_item": price.item}
        await self._run(_REPLACE, end=price.at, **of)
        return replace(price, id=await self._insert(prices, _without_id(price)))

    async def price(self, price_id: int) -> Price | None:
        """The price with this id in this community."""
        row = (await self._run(_PRICE, its_id=price_id)).first() if is_id(price_id) else None
        return None if row is None else Price(**row._mapping)

    async def end_price(self, price_id: int, at: datetime) -> bool:
        """It is not taken any more; False when it is ended already."""
        return (await self._run(_END, its_id=price_id, end=at)).rowcount == 1

    async def prices(self) -> list[Price]:
        """Those that stand, by organisation and item."""
        return [Price(**row._mapping) for row in await self._run(_STANDING)]

    async def publish(self, notice: Notice) -> bool:
        """False when the month is published already."""
        insert = self._upsert(notices).on_conflict_do_nothing(index_elements=[_n.community_id, _n.month])
        row = {**_fields(notice), "figures": dict(notice.figures)}
        return (await self._connection.execute(insert, row)).rowcount == 1

    async def notice(self, month: str) -> Notice | None:
        """As it was published; None when it was not."""
        row = (await self._run(_NOTICE, its_month=month)).first()
        return None if row is None else Notice(**row._mapping)

    async def published(self, limit: int = 24) -> list[str]:
        """Months, newest first."""
        return list((await self._run(_PUBLISHED, most=limit)).scalars())


def _without_id(entity: Donation | Price) -> dict[str, Any]:
    return {name: value for name, value in asdict(entity).items() if name != "id"}


def _fields(notice: Notice) -> dict[str, Any]:
    return {
        "month": notice.month,
        "community_id": notice.community_id,
        "published_at": notice.published_at,
        "published_by": notice.published_by,
    }
