"""Joint needs, the requests behind them, their milestones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, distinct, func, select, update

from casework.entities import Request
from casework.statuses import RequestStatus
from casework.together.joint import JointNeed, JointState, Milestone
from storage.repositories.base import Repository, chunks, is_id
from storage.repositories.request_rows import request_of
from storage.schema import words
from storage.tables import requests
from storage.tables_sameness import joint_members, joint_needs, milestones

_j, _m, _r, _s = joint_needs.c, joint_members.c, requests.c, milestones.c
#: Nobody wants these any more, or they were never ours.
_GONE = words(RequestStatus.CANCELLED, RequestStatus.DECLINED)
_REQUESTS = select(requests).where(_r.community_id == bindparam("community"))
_BEHIND = _REQUESTS.where(
    _r.item == bindparam("its_item"),
    _r.created_at >= bindparam("since"),
    _r.compound == bindparam("its_compound"),
    _r.status.not_in(_GONE),
).order_by(_r.id)
_CROWDED = (
    select(_r.item, _r.compound)
    .where(
        _r.community_id == bindparam("community"),
        _r.created_at >= bindparam("since"),
        _r.compound != "",
        _r.status.not_in(_GONE),
    )
    .group_by(_r.item, _r.compound)
    .having(func.count(distinct(_r.resident_id)) >= bindparam("least"))
    .order_by(_r.item, _r.compound)
)
_OURS = select(joint_needs).where(_j.community_id == bindparam("community"))
_GET = _OURS.where(_j.id == bindparam("its_id"))
_GET_LOCKED = _GET.with_for_update()
_OF_REQUEST = _OURS.where(_j.request_id.is_not(None), _j.request_id == bindparam("request"))
_LATEST = (
    _OURS.where(_j.item == bindparam("its_item"), _j.compound == bindparam("its_compound"))
    .order_by(_j.id.desc())
    .limit(1)
)
_MEMBERS = select(_m.request_id).where(
    _m.community_id == bindparam("community"), _m.joint_id == bindparam("joint")
)
_SAVE = update(joint_needs).where(
    _j.community_id == bindparam("community"),
    _j.id == bindparam("its_id"),
    _j.state == bindparam("before"),
)
_STEPS = select(milestones).where(_s.community_id == bindparam("community"))
_STEP = _STEPS.where(_s.id == bindparam("its_id"))
_OF_JOINT = _STEPS.where(_s.joint_id == bindparam("joint")).order_by(_s.position, _s.id)
_DROP_OPEN = delete(milestones).where(
    _s.community_id == bindparam("community"), _s.joint_id == bindparam("joint"), _s.done_at.is_(None)
)
_OUTCOME = (
    update(milestones)
    .where(_s.community_id == bindparam("community"), _s.id == bindparam("its_id"))
    .values(done_at=bindparam("at"), done_by=bindparam("by"), note=bindparam("words"))
)


class JointNeeds(Repository):
    """Implements `casework.joint.JointNeeds`."""

    async def behind(self, item: str, compound: str, since: datetime) -> list[Request]:
        """Requests of that item and compound filed since that were not taken back; oldest first."""
        rows = await self._run(_BEHIND, its_item=item, its_compound=compound, since=since)
        return [request_of(row) for row in rows]

    async def crowded(self, since: datetime, least: int) -> list[tuple[str, str]]:
        """(item, compound) with requests of at least so many residents filed since."""
        return [(row.item, row.compound) for row in await self._run(_CROWDED, since=since, least=least)]

    async def add(self, joint: JointNeed, request_ids: Iterable[int]) -> JointNeed:
        """Insert (the id given is ignored) with the requests behind it; returns it with its id."""
        row = _row(joint, self._community)
        added = replace(joint, id=await self._insert(joint_needs, row))
        await self.include(added.id, request_ids)
        return added

    async def get(self, joint_id: int, *, lock: bool = False) -> JointNeed | None:
        """The one with this id; `lock` keeps others from deciding until the end."""
        if not is_id(joint_id):
            return None
        return _first(await self._run(_GET_LOCKED if lock else _GET, its_id=joint_id))

    async def of_request(self, request_id: int) -> JointNeed | None:
        """The one whose project this request is."""
        return _first(await self._run(_OF_REQUEST, request=request_id)) if is_id(request_id) else None

    async def latest(self, item: str, compound: str) -> JointNeed | None:
        """The newest of that item and compound, whatever became of it."""
        return _first(await self._run(_LATEST, its_item=item, its_compound=compound))

    async def listed(self, states: Iterable[JointState], limit: int = 20) -> list[JointNeed]:
        """Newest first."""
        query = _OURS.where(_j.state.in_([s.value for s in states])).order_by(_j.id.desc()).limit(limit)
        return [_joint(row) for row in await self._run(query)]

    async def members(self, joint_id: int) -> list[Request]:
        """The requests behind it, oldest first."""
        # In two steps: joined, SQLite would walk through every request of the community.
        found: list[Request] = []
        for ids in chunks((await self._run(_MEMBERS, joint=joint_id)).scalars()):
            found += [request_of(row) for row in await self._run(_REQUESTS.where(_r.id.in_(ids)))]
        return sorted(found, key=lambda r: r.id)

    async def include(self, joint_id: int, request_ids: Iterable[int]) -> None:
        """More requests stand behind it; a repeat changes nothing."""
        insert = self._upsert(joint_members).on_conflict_do_nothing(
            index_elements=[_m.joint_id, _m.request_id]
        )
        rows = [{"community_id": self._community, "joint_id": joint_id, "request_id": i} for i in request_ids]
        if rows:
            await self._connection.execute(insert, rows)

    async def save(self, joint: JointNeed, before: JointState) -> bool:
        """Write if it still stands in `before`; False when somebody was faster."""
        row = _row(joint, self._community)
        return (await self._run(_SAVE, its_id=joint.id, before=before.value, **row)).rowcount == 1

    async def milestones(self, joint_id: int) -> list[Milestone]:
        """In their order."""
        return [_milestone(row) for row in await self._run(_OF_JOINT, joint=joint_id)]

    async def set_milestones(self, joint_id: int, milestones_: Sequence[Milestone]) -> None:
        """In the place of those that are not done yet."""
        await self._run(_DROP_OPEN, joint=joint_id)
        for milestone in milestones_:
            row = {**asdict(milestone), "joint_id": joint_id, "community_id": self._community}
            del row["id"]
            await self._insert(milestones, row)

    async def milestone(self, milestone_id: int) -> Milestone | None:
        """The one with this id."""
        row = (await self._run(_STEP, its_id=milestone_id)).first() if is_id(milestone_id) else None
        return None if row is None else _milestone(row)

    async def save_milestone(self, milestone: Milestone) -> None:
        """Its outcome and note."""
        done = {"at": milestone.done_at, "by": milestone.done_by, "words": milestone.note}
        await self._run(_OUTCOME, its_id=milestone.id, **done)


def _row(joint: JointNeed, community_id: str) -> dict[str, Any]:
    row = {**asdict(joint), "community_id": community_id, "state": joint.state.value}
    del row["id"]
    return row


def _first(rows: Any) -> JointNeed | None:
    row = rows.first()
    return None if row is None else _joint(row)


def _joint(row: Row[Any]) -> JointNeed:
    return JointNeed(**{**row._mapping, "state": JointState(row.state)})


def _milestone(row: Row[Any]) -> Milestone:
    kept = dict(row._mapping)
    del kept["community_id"]
    return Milestone(**kept)
