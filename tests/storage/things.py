"""Things to store, and the shortest way to store them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from casework.entities import Details, HistoryEntry, Organisation, Request
from casework.statuses import RequestStatus
from storage.unit_of_work import UnitOfWork

HOME = "sunny"
NOW = datetime(2026, 11, 21, 8, 30, 0, 123456, tzinfo=UTC)


def a_request(number: str = "20261121-0001", **changes: object) -> Request:
    """A request as casework would make it."""
    request = Request(
        id=0,
        community_id=HOME,
        number=number,
        resident_id=1001,
        item="hom_plumbing",
        category="便民类",
        description="厨房水管漏水",
        summary="厨房水管漏水",
        status=RequestStatus.SUBMITTED,
        details=Details(),
        created_at=NOW,
        updated_at=NOW,
    )
    return request.with_(**changes)


def an_entry(request: Request, before: RequestStatus | None = None) -> HistoryEntry:
    """The history row of a request that came to where it stands."""
    return HistoryEntry(
        request.id, request.community_id, request.updated_at, "test", before, request.status, "system", None
    )


def an_organisation(name: str = "向阳志愿队", **changes: object) -> Organisation:
    """An organisation not stored yet."""
    organisation = Organisation(0, HOME, name, "便民类", items=frozenset({"hom_plumbing"}))
    return replace(organisation, **changes)  # type: ignore[arg-type]


async def add(uow: UnitOfWork, number: str = "20261121-0001", **changes: object) -> Request:
    """Store a request with its first history row."""
    request = a_request(number, **changes)
    return await uow.requests.add(request, an_entry(request))


async def move(uow: UnitOfWork, request: Request, status: RequestStatus, **changes: object) -> Request:
    """Store a request's next step."""
    moved = request.with_(status=status, version=request.version + 1, **changes)
    await uow.requests.save(moved, an_entry(moved, request.status))
    return moved
