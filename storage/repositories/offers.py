"""Offers of requests to organisations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from casework.entities import Offer, Request, ScorePart
from casework.giving.matching import promptness
from casework.statuses import OfferStatus
from storage.repositories.base import Repository, chunks, is_id
from storage.repositories.records import Records
from storage.tables import offer_open, offers

_o = offers.c
_OURS = select(offers).where(_o.community_id == bindparam("community"))
_GET = _OURS.where(_o.id == bindparam("id"))
_OF_REQUEST = _OURS.where(_o.request_id == bindparam("id")).order_by(_o.id)
_DECIDE = (
    update(offers)
    .where(_o.community_id == bindparam("community"), _o.id == bindparam("its_id"), offer_open)
    .values(
        status=bindparam("outcome"),
        decided_at=bindparam("at"),
        decided_by=bindparam("by"),
        reason=bindparam("why"),
    )
)


class Offers(Repository):
    """Implements `casework.ports.Offers`."""

    async def add(
        self,
        request: Request,
        organisation_id: int,
        offered_at: datetime,
        expires_at: datetime,
        score: float,
        parts: Sequence[ScorePart],
    ) -> Offer:
        """A new open offer, counted in the organisation's record."""
        row = {
            "community_id": self._community,
            "request_id": request.id,
            "organisation_id": organisation_id,
            "status": OfferStatus.OPEN.value,
            "offered_at": offered_at,
            "expires_at": expires_at,
            "score": score,
            "parts": [astuple(part) for part in parts],
            "reason": "",
        }
        new_id = await self._insert(offers, row)
        await Records(self._scope).offered(organisation_id, offered_at)
        return Offer(
            new_id,
            self._community,
            request.id,
            organisation_id,
            OfferStatus.OPEN,
            offered_at,
            expires_at,
            score,
            tuple(parts),
        )

    async def get(self, offer_id: int) -> Offer | None:
        """The offer with this id in this community."""
        row = (await self._run(_GET, id=offer_id)).first() if is_id(offer_id) else None
        return None if row is None else _offer(row)

    async def of_request(self, request_id: int) -> list[Offer]:
        """Oldest first."""
        return [_offer(row) for row in await self._run(_OF_REQUEST, id=request_id)]

    async def open_of_organisations(self, organisation_ids: Iterable[int]) -> list[Offer]:
        """Oldest first."""
        found: list[Offer] = []
        for ids in chunks(organisation_ids):
            query = _OURS.where(_o.organisation_id.in_(ids), offer_open)
            found += [_offer(row) for row in await self._run(query)]
        return sorted(found, key=lambda offer: offer.id)

    async def decide(
        self, offer: Offer, status: OfferStatus, at: datetime, by: int | None, reason: str = ""
    ) -> bool:
        """Set the outcome if the offer is still open; False when somebody was faster."""
        result = await self._run(_DECIDE, its_id=offer.id, outcome=status.value, at=at, by=by, why=reason)
        won = result.rowcount == 1
        if won:
            await self._count(offer, status, at)
        return won

    async def _count(self, offer: Offer, status: OfferStatus, at: datetime) -> None:
        """What was withdrawn before its end says nothing of the organisation."""
        records, in_time = Records(self._scope), at <= offer.expires_at
        if status is OfferStatus.ACCEPTED:
            await records.accepted(offer.organisation_id)
        said = status in (OfferStatus.ACCEPTED, OfferStatus.DECLINED)
        if said or status is OfferStatus.EXPIRED or not in_time:
            prompt = promptness(offer, status, at)
            await records.ended(offer.organisation_id, prompt, in_time=said and in_time)


def _offer(row: Row[Any]) -> Offer:
    return Offer(
        row.id,
        row.community_id,
        row.request_id,
        row.organisation_id,
        OfferStatus(row.status),
        row.offered_at,
        row.expires_at,
        row.score,
        tuple(ScorePart(*part) for part in row.parts),
        row.decided_at,
        row.decided_by,
        row.reason,
    )
