"""The register: listings, spot checks, presences."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from casework.judging.register import Cause, Listing, ListKind, Presence, SpotCheck, Verdict
from casework.statuses import Standing
from storage.repositories.base import Repository, is_id
from storage.tables import leads, offers, organisations
from storage.tables_judgement import listing_stands, listings, offer_answered, presences, spot_checks

_l, _c, _p, _o = listings.c, spot_checks.c, presences.c, organisations.c
_LISTINGS = select(listings).where(_l.community_id == bindparam("community")).order_by(_l.id.desc())
_LISTING = _LISTINGS.where(_l.id == bindparam("its_id"))
_STANDING = _LISTINGS.where(listing_stands)
_EVERY = (
    select(listings).where(_l.community_id == bindparam("community")).order_by(_l.id).limit(bindparam("most"))
)
_ON_ONE = _STANDING.where(_l.kind == bindparam("its_kind"))
_OF_ONE = _LISTINGS.where(_l.organisation_id == bindparam("organisation"))
_SAVE = update(listings).where(_l.community_id == bindparam("community"), _l.id == bindparam("its_id"))
_CHECKS = select(spot_checks).where(_c.community_id == bindparam("community")).order_by(_c.id.desc())
_CHECK = _CHECKS.where(_c.id == bindparam("its_id"))
_NEWEST_CHECKS = _CHECKS.limit(bindparam("most"))
_OPEN_CHECKS = _CHECKS.where(_c.checked_at.is_(None)).limit(bindparam("most"))
_RECORD = update(spot_checks).where(
    _c.community_id == bindparam("community"), _c.id == bindparam("its_id"), _c.checked_at.is_(None)
)
_PRESENCES = select(presences).where(_p.community_id == bindparam("community"))
_SET_STANDING = (
    update(organisations)
    .where(_o.community_id == bindparam("community"), _o.id == bindparam("its_id"))
    .values(standing=bindparam("its_standing"))
)
# For each organisation by itself: one step in an index, where a grouped maximum would walk through every
# offer the community ever made.
_answered = (
    select(func.max(offers.c.decided_at))
    .where(offers.c.community_id == _o.community_id, offers.c.organisation_id == _o.id, offer_answered)
    .scalar_subquery()
)
_joined = select(func.max(leads.c.since)).where(leads.c.organisation_id == _o.id).scalar_subquery()
_SIGNS = select(_o.id, _answered.label("answered"), _joined.label("joined")).where(
    _o.community_id == bindparam("community")
)
_OF_LISTING = [field.name for field in fields(Listing)]


class Register(Repository):
    """Implements `casework.register.Register`."""

    async def enter(self, listing: Listing) -> Listing | None:
        """Insert (the id given is ignored); None when the organisation stands on this list already."""
        insert = (
            self._upsert(listings)
            .on_conflict_do_nothing(
                index_elements=[_l.community_id, _l.organisation_id, _l.kind], index_where=listing_stands
            )
            .returning(_l.id)
        )
        new_id = (await self._connection.execute(insert, _listing_row(listing))).scalar()
        return None if new_id is None else replace(listing, id=new_id)

    async def get(self, listing_id: int) -> Listing | None:
        """The entry with this id in this community."""
        row = (await self._run(_LISTING, its_id=listing_id)).first() if is_id(listing_id) else None
        return None if row is None else _listing(row)

    async def save(self, listing: Listing) -> None:
        """Write answer, decision or removal."""
        await self._run(_SAVE.values(**_listing_row(listing)), its_id=listing.id)

    async def listed(self, kind: ListKind | None = None) -> list[Listing]:
        """What stands now, newest first."""
        if kind is None:
            return [_listing(row) for row in await self._run(_STANDING)]
        return [_listing(row) for row in await self._run(_ON_ONE, its_kind=kind.value)]

    async def every(self, limit: int = 5000) -> list[Listing]:
        """All there ever were, oldest first."""
        return [_listing(row) for row in await self._run(_EVERY, most=limit)]

    async def of_organisation(self, organisation_id: int) -> list[Listing]:
        """All there ever were, newest first."""
        if not is_id(organisation_id):
            return []
        return [_listing(row) for row in await self._run(_OF_ONE, organisation=organisation_id)]

    async def draw(self, check: SpotCheck) -> SpotCheck | None:
        """Insert (the id given is ignored); None when it was drawn in this week already."""
        key = [_c.community_id, _c.week, _c.organisation_id]
        insert = self._upsert(spot_checks).on_conflict_do_nothing(index_elements=key).returning(_c.id)
        new_id = (await self._connection.execute(insert, _check_row(check))).scalar()
        return None if new_id is None else replace(check, id=new_id)

    async def check(self, check_id: int) -> SpotCheck | None:
        """The check with this id in this community."""
        row = (await self._run(_CHECK, its_id=check_id)).first() if is_id(check_id) else None
        return None if row is None else _check(row)

    async def record_check(self, check: SpotCheck) -> bool:
        """Write the verdict; False when there is one already."""
        return (await self._run(_RECORD.values(**_check_row(check)), its_id=check.id)).rowcount == 1

    async def checks(self, *, open_only: bool = False, limit: int = 50) -> list[SpotCheck]:
        """Newest first."""
        query = _OPEN_CHECKS if open_only else _NEWEST_CHECKS
        return [_check(row) for row in await self._run(query, most=limit)]

    async def presences(self) -> dict[int, Presence]:
        """By organisation."""
        return {row.organisation_id: _presence(row) for row in await self._run(_PRESENCES)}

    async def save_presence(self, presence: Presence) -> None:
        """Insert or update."""
        insert = self._upsert(presences)
        row = {**asdict(presence), "cause": presence.cause.value, "community_id": self._community}
        new = {name: insert.excluded[name] for name in row if name not in ("organisation_id", "community_id")}
        upsert = insert.on_conflict_do_update(index_elements=[_p.organisation_id], set_=new)
        await self._connection.execute(upsert, row)

    async def signs_of_life(self) -> dict[int, datetime]:
        """By organisation: when one of its leads last joined or answered an offer."""
        rows = (await self._run(_SIGNS)).all()
        seen = {row.id: [moment for moment in (row.answered, row.joined) if moment] for row in rows}
        return {organisation: max(moments) for organisation, moments in seen.items() if moments}

    async def set_standing(self, organisation_id: int, standing: Standing) -> None:
        """Nothing else of the organisation is touched."""
        await self._run(_SET_STANDING, its_id=organisation_id, its_standing=standing.value)


def _listing(row: Row[Any]) -> Listing:
    values = {name: row._mapping[name] for name in _OF_LISTING}
    return Listing(**{**values, "kind": ListKind(row.kind)})


def _listing_row(listing: Listing) -> dict[str, Any]:
    row = {name: getattr(listing, name) for name in _OF_LISTING if name != "id"}
    return {**row, "kind": listing.kind.value}


def _check(row: Row[Any]) -> SpotCheck:
    return SpotCheck(
        row.id,
        row.community_id,
        row.organisation_id,
        date.fromisoformat(row.week),
        row.drawn_at,
        row.checked_at,
        row.by,
        None if row.verdict is None else Verdict(row.verdict),
        row.words,
    )


def _check_row(check: SpotCheck) -> dict[str, Any]:
    return {
        "community_id": check.community_id,
        "organisation_id": check.organisation_id,
        "week": check.week.isoformat(),
        "drawn_at": check.drawn_at,
        "checked_at": check.checked_at,
        "by": check.by,
        "verdict": None if check.verdict is None else check.verdict.value,
        "words": check.words,
    }


def _presence(row: Row[Any]) -> Presence:
    return Presence(
        row.organisation_id,
        row.community_id,
        row.first_seen_at,
        row.last_sign_at,
        row.dormant_since,
        Cause(row.cause),
        row.changed_at,
    )
